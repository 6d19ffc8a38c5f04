// Pages carry no script of the framework: they are quick on any phone, and nothing that was typed can
// be lost to a script that arrives late. See docs/decisions/0007.
export const csr = false
