export {
  type AnalysedToken,
  analyserVersion,
  analyseText,
  analyseWord,
  splitPoints,
  type WordAnalysis,
} from './analyse.ts'
export { editDistance, forgivenSlips } from './edit-distance.ts'
export { joinUmlauts } from './fold.ts'
export { type Lexemes, lexemesOf, quoteLexeme, rootPrefix } from './lexemes.ts'
export {
  combineThesauri,
  createThesaurus,
  suppliedSynonyms,
  type Synonym,
  type SynonymGroup,
  type Thesaurus,
} from './thesaurus.ts'
