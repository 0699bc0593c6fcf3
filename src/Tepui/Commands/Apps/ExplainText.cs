using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary>Prints why instances wait.</summary>
internal static class ExplainText
{
    /// <summary>Prints an answer of <c>/v2/explain</c>.</summary>
    public static void Write(JsonNode answer, TextWriter output)
    {
        output.WriteLine($"{answer.Text("appId")}: {answer.Count("running")} of {answer.Count("wanted")} running, {answer.Count("staged")} starting, {answer.Count("waiting")} waiting");
        var reasons = answer.Texts("reasons").ToList();
        foreach (var reason in reasons)
        {
            output.WriteLine($"  {reason}");
        }

        if (answer.At("deployment") is { } deployment && !IsSaid(reasons, deployment.Text("id")))
        {
            output.WriteLine($"  deployment {deployment.Text("id")} is {deployment.Text("state")}{(deployment.Text("reason") is { Length: > 0 } why ? $": {why}" : "")}");
        }

        if (answer.At("crashLoop") is { } loop && !IsSaid(reasons, loop.Text("message")))
        {
            output.WriteLine($"  crash loop: {AppText.CrashLoop(loop)}");
        }

        if (answer.At("nearestMiss") is JsonObject miss)
        {
            output.WriteLine();
            output.WriteLine($"Nearest miss: agent {miss.Text("agentId")} on {miss.Text("host")}, of {answer.Count("agents")} agents");
            if (miss.Texts("gates").Any())
            {
                output.WriteLine($"  turned away for {string.Join(", ", miss.Texts("gates"))}");
            }

            foreach (var missing in miss.Items("missing"))
            {
                output.WriteLine($"  {missing.Text("resource")}: wanted {Amount(missing.At("wanted"))}, offered {Amount(missing.At("offered"))}");
            }
        }

        WriteConstraints(answer, output);
        WriteRejections(answer, output);
    }

    private static bool IsSaid(List<string> reasons, string? what) => what is not null && reasons.Exists(reason => reason.Contains(what, StringComparison.Ordinal));

    private static void WriteConstraints(JsonNode answer, TextWriter output)
    {
        var constraints = answer.Items("constraints").ToList();
        if (constraints.Count == 0)
        {
            return;
        }

        output.WriteLine();
        var table = new Table("CONSTRAINT", "AGENTS LEFT");
        foreach (var constraint in constraints)
        {
            table.Add(Amount(constraint.At("constraint")), $"{constraint.Count("agentsLeft")} of {answer.Count("agents")}");
        }

        table.WriteTo(output);
    }

    private static void WriteRejections(JsonNode answer, TextWriter output)
    {
        var rejections = answer.Items("rejections").Where(rejection => rejection.Count("declined") > 0).ToList();
        if (rejections.Count == 0)
        {
            return;
        }

        output.WriteLine();
        var table = new Table("OFFERS DECLINED FOR", "DECLINED", "LOOKED AT");
        foreach (var rejection in rejections)
        {
            table.Add(rejection.Text("reason") ?? "", $"{rejection.Count("declined")}", $"{rejection.Count("processed")}");
        }

        table.WriteTo(output);
    }

    private static string Amount(JsonNode? value) => value switch
    {
        null => "nothing",
        JsonValue when value.Text() is { } text => text,
        JsonValue when value.Number() is { } number => Fields.Plain(number),
        JsonArray list => string.Join(' ', list.Select(Amount)),
        _ => value.ToJsonString(),
    };
}
