using System.Text.Json;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests.Jobs;

/// <summary>The end of <c>tepui local</c> while a job runs, and the start after it.</summary>
public sealed class LocalStopTests
{
    [Fact]
    public async Task Interrupted_WhileAJobRuns_EndsTheRunAndKeepsTheJob()
    {
        using var machine = new Machine();
        using (var cluster = await LocalCluster.StartAsync(machine, "--jobs-port", "0"))
        {
            await OkAsync(cluster, "job", "add", "--name", "long", "--cron", "@yearly", "--cpus", "0.01", "--mem", "16", "--disk", "1", "sleep 1000");
            await OkAsync(cluster, "job", "run", "long");
            await Machine.UntilAsync(async () => await StateAsync(cluster) == "running", $"the run runs\n{cluster.Process}");

            cluster.Process.Interrupt();
            Assert.Equal(0, await cluster.Process.ExitAsync());
            Assert.Empty(machine.Processes("sleep\01000"));
        }

        using var again = await LocalCluster.StartAsync(machine, "--jobs-port", "0");
        await Machine.UntilAsync(async () => await StateAsync(again) == "killed", $"the run is known to have been killed\n{again.Process}");
        Assert.Contains("cron @yearly", await OkAsync(again, "job", "ls"), StringComparison.Ordinal);
    }

    private static async Task<string?> StateAsync(LocalCluster cluster) =>
        JsonDocument.Parse(await OkAsync(cluster, "job", "runs", "long", "--output", "json")).RootElement.EnumerateArray().Single().GetProperty("state").GetString();

    private static async Task<string> OkAsync(LocalCluster cluster, params string[] arguments)
    {
        var (code, output, errors) = await TepuiProcess.RunAsync([.. arguments, "--jobs", cluster.Jobs]);
        Assert.True(code == 0, $"tepui {string.Join(' ', arguments)} ended with {code}: {output}{errors}\n{cluster.Process}");
        return output;
    }
}
