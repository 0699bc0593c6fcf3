using System.Text.Json.Nodes;

namespace Tepui.Jobs;

/// <summary>Prints why a job waits.</summary>
internal static class JobExplanation
{
    /// <summary>Prints an answer of <c>/explain</c>.</summary>
    public static void Write(JsonNode answer, TextWriter output)
    {
        output.WriteLine($"{answer.Text("job")}: {answer.Text("state")}");
        WriteReasons(answer, output, "  ");
    }

    /// <summary>Prints the reasons alone, each a line.</summary>
    public static void WriteReasons(JsonNode answer, TextWriter output, string indent)
    {
        foreach (var reason in answer.Texts("reasons"))
        {
            output.WriteLine($"{indent}{reason.ReplaceLineEndings(" ")}");
        }

        if (answer.At("nearestMiss") is not JsonObject miss)
        {
            return;
        }

        output.WriteLine($"{indent}Nearest miss: agent {miss.Text("agent") ?? miss.Text("agentId")} on {miss.Text("hostname") ?? miss.Text("host")}");
        if (miss.Text("constraint") is { } constraint)
        {
            output.WriteLine($"{indent}  turned away for the constraint {constraint}");
        }

        foreach (var missing in miss.Items("missing"))
        {
            output.WriteLine($"{indent}  {missing.Text("resource")}: wanted {Amount(missing, "wanted")}, offered {Amount(missing, "offered")}");
        }
    }

    private static string Amount(JsonNode missing, string name) => missing.Number(name) is { } number ? Fields.Plain(number) : "nothing";
}
