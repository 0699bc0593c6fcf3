using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tepui.Agent.Tests.Fixtures;
using Tepui.Master.Tests.Support;

namespace Tepui.Agent.Tests.Http;

/// <summary>Recorded reads of sandboxes, on the same tasks: with our ids in place of theirs, the answers are the same.</summary>
public sealed partial class RecordedFileTests(Holder holder) : IClassFixture<Holder>
{
    public static TheoryData<string> Names() => new(Captures.Names("agent/files"));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Read_Recorded_EndsTheSameWay(string name)
    {
        var expected = Captures.Answer("agent/files/" + name);
        var request = await TranslateAsync(Encoding.UTF8.GetString(Captures.Request("agent/files/" + name)));

        var actual = await RawClient.SendAsync(holder.Cluster.Agent.Endpoint, request);

        Assert.Equal($"{expected.Status} {expected.ContentType}", $"{actual.Status} {actual.ContentType}");
        Assert.Equal(expected.Headers.GetValueOrDefault("content-disposition"), actual.Headers.GetValueOrDefault("content-disposition"));
        if (name.Contains("stdout", StringComparison.Ordinal) || name.Contains("READ_FILE", StringComparison.Ordinal) || expected.Status >= 400)
        {
            Assert.Equal(expected.Text, actual.Text);
        }
        else if (expected.ContentType == "application/json")
        {
            using var recorded = JsonDocument.Parse(expected.Body);
            using var ours = JsonDocument.Parse(actual.Body);
            JsonShape.AssertSame(JsonShape.Of(recorded.RootElement), JsonShape.Of(ours.RootElement));
        }
    }

    private async Task<byte[]> TranslateAsync(string request)
    {
        using var state = JsonDocument.Parse(await holder.Cluster.Http.GetStringAsync(new Uri(holder.Cluster.Agent.Address, "state")));
        var executors = state.RootElement.GetProperty("frameworks")[0].GetProperty("executors").EnumerateArray()
            .ToDictionary(executor => executor.GetProperty("id").GetString()!, executor => executor.GetProperty("directory").GetString()!, StringComparer.Ordinal);
        request = Sandbox().Replace(request, match => executors[match.Groups["executor"].Value]);
        request = Framework().Replace(request, holder.Framework.Client.FrameworkId.Value);

        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        var length = Encoding.UTF8.GetByteCount(request[end..]);
        return Encoding.UTF8.GetBytes(Length().Replace(request[..end], $"Content-Length: {length}") + request[end..]);
    }

    [GeneratedRegex(@"/var/lib/peer/a1/work/slaves/[^/]+/frameworks/[^/]+/executors/(?<executor>[^/]+)/runs/[0-9a-f-]{36}", RegexOptions.NonBacktracking)]
    private static partial Regex Sandbox();

    [GeneratedRegex("[0-9a-f-]{36}-0004", RegexOptions.NonBacktracking)]
    private static partial Regex Framework();

    [GeneratedRegex("Content-Length: [0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Length();
}
