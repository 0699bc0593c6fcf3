using Tepui.Agent.Tests.Fixtures;
using Tepui.Master.Tests.Support;

namespace Tepui.Agent.Tests.Http;

/// <summary>Every recorded bad (or odd) call to an agent is made again, byte for byte, and must end the same way: status, content type and text.</summary>
public sealed class RecordedErrorTests(Holder holder) : IClassFixture<Holder>
{
    private const string Folder = "agent/errors";

    /// <summary>Calls that end differently here, and why.</summary>
    private static readonly Dictionary<string, (int Status, string Start)> Different = new(StringComparer.Ordinal)
    {
        // Containers without an executor cannot be launched yet; the answer says so instead of pretending.
        ["ag_launch_container_nores"] = (501, "501 Not Implemented. Launching a container without an executor (LAUNCH_CONTAINER) is not supported yet."),
    };

    public static TheoryData<string> Names() => new(Captures.Names(Folder));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Call_Recorded_EndsTheSameWay(string name)
    {
        var expected = Captures.Answer($"{Folder}/{name}");

        var actual = await RawClient.SendAsync(holder.Cluster.Agent.Endpoint, Captures.Request($"{Folder}/{name}"));

        if (Different.TryGetValue(name, out var different))
        {
            Assert.Equal(different.Status, actual.Status);
            Assert.StartsWith(different.Start, actual.Text, StringComparison.Ordinal);
            return;
        }

        Assert.Equal($"{expected.Status} {expected.ContentType} {expected.Text}", $"{actual.Status} {actual.ContentType} {actual.Text}");
    }
}
