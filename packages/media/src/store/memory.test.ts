import { MemoryStore } from './memory.ts'
import { objectStoreSuite } from './object-store.suite.ts'

objectStoreSuite('MemoryStore', async (maxBytes) => new MemoryStore({ maxBytes }))
