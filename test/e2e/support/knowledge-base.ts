/** The one knowledge base of Bedrock that the stack may use. */
export const knowledgeBaseId = "HELPCENTRE";
