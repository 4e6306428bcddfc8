export * from './languages'
export { currentLanguage, followProfile, setLanguage, startWords } from './start'
