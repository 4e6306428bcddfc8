/** New words keep the end in sight; older ones do not move what is being read. */
export class Scroller {
  #height = 0
  #first = 0

  settle(view: HTMLElement, first: number, atEnd: boolean): void {
    if (atEnd) view.scrollTop = view.scrollHeight
    else if (first < this.#first) view.scrollTop += view.scrollHeight - this.#height
    this.#height = view.scrollHeight
    this.#first = first
  }
}
