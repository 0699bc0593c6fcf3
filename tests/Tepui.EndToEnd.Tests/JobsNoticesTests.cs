using System.Net;
using System.Text.Json.Nodes;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests;

/// <summary>A jobs scheduler that is killed while it tells somebody: they are told after its next start.</summary>
public sealed class JobsNoticesTests
{
    [Fact]
    public async Task Killed_WhileANoticeIsTold_TellsItAfterTheNextStartAndNeverAgain()
    {
        using var machine = new Machine();
        var told = Path.Join(machine.Path, "told");
        var answers = Path.Join(machine.Path, "answers");

        // Takes each notice, and does not come back until there is a file.
        var command = $"export WORK={machine.Path}; cat >> $WORK/told; echo >> $WORK/told; [ -e $WORK/answers ] || sleep 1000";
        using var jobs = new JobsProcess(machine, "127.0.0.1:1", $"--notification_command={command}");
        await jobs.StartAsync();
        await RemoveAJobAsync(jobs, "first");
        await ToldAsync(told, 1, jobs);

        await jobs.KillHardAsync();
        await File.WriteAllTextAsync(answers, "");
        await jobs.StartAsync();

        var lines = await ToldAsync(told, 2, jobs);
        Assert.Equal("first", $"{JsonNode.Parse(lines[0])!["job"]}");
        Assert.Equal(lines[0], lines[1]);

        await Machine.UntilAsync(async () => await jobs.TryGetAsync("/scheduler/info") is { } info && info.GetProperty("noticesWaiting").GetInt32() == 0, $"all is told\n{jobs}");
        await jobs.KillHardAsync();
        await jobs.StartAsync();
        await RemoveAJobAsync(jobs, "second");
        Assert.Equal("second", $"{JsonNode.Parse((await ToldAsync(told, 3, jobs))[2])!["job"]}");
    }

    private static async Task RemoveAJobAsync(JobsProcess jobs, string name)
    {
        await jobs.CreateAsync(new() { ["name"] = name, ["command"] = "true", ["schedule"] = "R/2091-01-01T00:00:00Z/P1D" });
        await jobs.SendAsync(HttpMethod.Delete, $"/scheduler/job/{name}", body: null, HttpStatusCode.NoContent);
    }

    private static async Task<string[]> ToldAsync(string path, int count, JobsProcess jobs)
    {
        string[] lines = [];
        await Machine.UntilAsync(
            async () =>
            {
                lines = File.Exists(path) ? await File.ReadAllLinesAsync(path) : [];
                return lines.Length >= count;
            },
            $"{count} notices are told\n{jobs}");
        return lines;
    }
}
