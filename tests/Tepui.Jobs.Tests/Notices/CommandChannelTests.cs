using System.Text.Json.Nodes;
using Tepui.Jobs.Notices;

namespace Tepui.Jobs.Tests.Notices;

/// <summary>Real commands.</summary>
public sealed class CommandChannelTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("tepui-command-").FullName;

    private string Out => Path.Join(_directory, "out");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Command_GetsTheNoticeOnItsInput()
    {
        Assert.Equal(NoticeResult.Told, await Channel($"cat > '{Out}'").SendAllAsync(A.Notice(owner: "a@example.com")));

        var json = JsonNode.Parse(await File.ReadAllTextAsync(Out))!;
        Assert.Equal(("[Tepui] job 'backup' failed", "a@example.com", "failure", "3"), ($"{json["subject"]}", $"{json["to"]}", $"{json["event"]}", $"{json["errorCount"]}"));
    }

    [Fact]
    public async Task Command_OfAJobWithEvilFields_IsNotChangedByThem()
    {
        var evil = $"'; touch '{Out}.evil'; $(touch '{Out}.evil') `touch '{Out}.evil'` \n touch '{Out}.evil'";

        Assert.Equal(NoticeResult.Told, await Channel($"cat > '{Out}'").SendAllAsync(A.Notice(owner: evil, message: evil)));

        Assert.Equal(evil, $"{JsonNode.Parse(await File.ReadAllTextAsync(Out))!["message"]}");
        Assert.False(File.Exists(Out + ".evil"));
    }

    [Fact]
    public async Task Command_ThatFails_SaysWithWhatAndWhy() =>
        Assert.Equal(NoticeResult.Failed("it ended with 3: no pager"), await Channel("echo no pager >&2; exit 3").SendAllAsync(A.Notice()));

    [Fact]
    public async Task Command_ThatSaysMuch_FailsWithTheEndOfIt()
    {
        var result = await Channel("i=0; while [ $i -lt 20000 ]; do echo 0123456789; echo 0123456789 >&2; i=$((i+1)); done; echo last >&2; exit 1").SendAllAsync(A.Notice());

        Assert.EndsWith("0123456789\nlast", result.Problem, StringComparison.Ordinal);
        Assert.True(result.Problem!.Length < 1100);
    }

    [Fact]
    public async Task Command_ThatDoesNotRead_IsFine() =>
        Assert.Equal(NoticeResult.Told, await Channel("exec <&-; exit 0").SendAllAsync(A.Notice(message: new string('x', 1_000_000))));

    [Fact]
    public async Task Command_ThatLeavesSomethingBehind_IsNotWaitedFor()
    {
        Assert.Equal(NoticeResult.Told, await Channel($"sleep 1000 & echo $! > '{Out}'").SendAllAsync(A.Notice()));

        using var left = System.Diagnostics.Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Out), System.Globalization.CultureInfo.InvariantCulture));
        left.Kill();
    }

    [Fact]
    public async Task Command_ThatRunsTooLong_IsKilledWithAllItStarted()
    {
        var channel = new CommandChannel($"sleep 1000 & echo $! > '{Out}'; wait", TimeSpan.FromMilliseconds(500), TimeProvider.System);

        Assert.Equal(NoticeResult.Failed("it ran longer than 0.5 s"), await channel.SendAllAsync(A.Notice()));

        var child = (await File.ReadAllTextAsync(Out)).Trim();
        await Wait.UntilAsync(() => !File.Exists($"/proc/{child}/stat") || File.ReadAllText($"/proc/{child}/stat").Contains(") Z ", StringComparison.Ordinal), () => $"process {child} ended");
    }

    private static CommandChannel Channel(string command) => new(command, CommandChannel.Limit, TimeProvider.System);
}
