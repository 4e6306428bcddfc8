import { type Dispatch, type SetStateAction, useState } from 'react'
import { ChooseFile, PAPER_KINDS, PAPER_MAX_BYTES } from './ChooseFile'
import { FileDrop } from './FileDrop'
import { Trouble } from './Trouble'

export interface Given {
  id: string
  name: string
}

interface Props {
  label: string
  /** Sends one file away and answers with what it is called from then on. */
  keep: (file: File) => Promise<Given>
  files: readonly Given[]
  onFiles: Dispatch<SetStateAction<readonly Given[]>>
  /** Counts those still on their way. */
  onBusy: Dispatch<SetStateAction<number>>
}

/** Photos and papers, dropped, pasted or chosen. */
export function PapersField({ label, keep, files, onFiles, onBusy }: Props) {
  const [trouble, setTrouble] = useState<unknown>(null)
  const take = (chosen: File[]) => {
    for (const file of chosen) {
      onBusy((count) => count + 1)
      keep(file)
        .then((given) => onFiles((now) => [...now, given]))
        .catch(setTrouble)
        .finally(() => onBusy((count) => count - 1))
    }
  }
  return (
    <>
      <FileDrop onFiles={take} onTrouble={(sentences) => setTrouble(new Error(sentences.join(' ')))} accept={PAPER_KINDS} maxBytes={PAPER_MAX_BYTES}>
        <ChooseFile label={label} />
        <ul>
          {files.map((file) => (
            <li key={file.id}>{file.name}</li>
          ))}
        </ul>
      </FileDrop>
      {trouble ? <Trouble error={trouble} /> : null}
    </>
  )
}
