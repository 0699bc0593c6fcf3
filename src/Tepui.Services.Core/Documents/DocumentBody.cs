using System.Text.Json.Nodes;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Documents.Schemas;

namespace Tepui.Services.Core.Documents;

/// <summary>Opens what clients send.</summary>
internal static class DocumentBody
{
    /// <summary>A copy of the body that may be changed, without nulls.</summary>
    public static DocumentResult<JsonObject> Open(JsonNode? body)
    {
        if (DocumentText.Problem(body) is { } problem)
        {
            return new(null, new(RefusalKind.BadRequest, "Invalid JSON", [new("/", [problem])], []));
        }

        return Json.Copy(body) is JsonObject members
            ? new(members, null)
            : new(null, new(RefusalKind.BadRequest, "Invalid JSON", [new("/", ["error.expected.jsobject"])], []));
    }

    /// <summary>The same, of the shape that <paramref name="schema"/> describes.</summary>
    /// <param name="body">As sent.</param>
    /// <param name="schema">What it must look like.</param>
    /// <param name="prefix">Before every path of a problem.</param>
    public static DocumentResult<JsonObject> Open(JsonNode? body, DocumentSchema schema, string prefix)
    {
        var opened = Open(body);
        if (opened.Spec is null)
        {
            return prefix.Length == 0 ? opened : new(null, new(RefusalKind.Invalid, "Invalid JSON", [new(prefix, ["error.expected.jsobject"])], []));
        }

        var problems = new Problems();
        SchemaChecker.Check(opened.Spec, schema, prefix, problems);
        if (problems.Any)
        {
            return new(null, problems.InvalidShape());
        }

        SchemaSpelling.Normalise(opened.Spec, schema);
        return opened;
    }
}
