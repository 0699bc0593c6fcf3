namespace Tepui.Documents;

/// <summary>A text is no JSON or YAML; the message names file, line and column.</summary>
internal sealed class DocumentException(string place, string problem) : Exception($"{place}: {problem}");
