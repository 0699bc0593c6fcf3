using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Tests.Documents;

/// <summary>Documents written as JSON with single quotes.</summary>
internal static class Parse
{
    public static DateTimeOffset Now { get; } = new(2031, 5, 1, 6, 30, 0, TimeSpan.Zero);

    public static JobsOptions Options { get; } = new() { User = "root" };

    public static JobDraft Draft(string text, DraftKind kind = DraftKind.Scheduled) => Raw(text.Replace('\'', '"'), kind);

    public static JobDraft Raw(string text, DraftKind kind = DraftKind.Scheduled) => JobDocuments.Read(Encoding.UTF8.GetBytes(text), kind, Options, Now);

    /// <summary>A job that is taken, with <c>{</c> and the name put before its members.</summary>
    public static JobSpec Taken(string members, DraftKind kind = DraftKind.Scheduled)
    {
        var draft = Draft($"{{'name':'a',{members}}}", kind);
        Assert.Empty(draft.Problems);
        return draft.Spec!;
    }

    /// <summary>A job that is refused: its problems as lines.</summary>
    public static IReadOnlyList<string> Refused(string members, DraftKind kind = DraftKind.Scheduled)
    {
        var draft = Draft($"{{'name':'a',{members}}}", kind);
        Assert.Null(draft.Spec);
        return [.. draft.Problems.Select(problem => problem.ToString())];
    }

    public static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static JsonObject Written(Job job, bool isMirrored = false) => JsonNode.Parse(Text(json => JobDocuments.Write(json, job, isMirrored)))!.AsObject();

    public static string Spec(JobSpec spec) => Text(json => JobDocuments.WriteSpec(json, spec));
}
