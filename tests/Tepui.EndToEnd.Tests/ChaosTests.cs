using System.Globalization;
using Tepui.EndToEnd.Tests.Processes;
using Tepui.Protocol.V1;
using Task = System.Threading.Tasks.Task;

namespace Tepui.EndToEnd.Tests;

/// <summary>Processes are killed while 100 tasks run: nothing is lost, nothing starts twice, what survives is still the right thing.</summary>
public sealed class ChaosTests
{
    private const int Tasks = 100;

    /// <summary>M is the master, A the agent, F the framework, S the supervisor; one word is killed at once, then all of it is started again.</summary>
    [Theory]
    [InlineData("M A F S")]
    [InlineData("S F MA AS")]
    [InlineData("MAFS A MF")]
    public async Task KillNine_WhileTasksRun_EveryTaskIsAccountedFor(string order)
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        var starts = Path.Join(machine.Path, "starts");
        await using var framework = new PersistentFramework(cluster.MasterAddress, Work(starts));
        await Machine.UntilAsync(() => Task.FromResult(framework.Count(TaskState.TaskRunning) >= 10), "ten tasks run");

        foreach (var victims in order.Split(' '))
        {
            await KillAsync(victims, machine, cluster, framework);
        }

        try
        {
            await Machine.UntilAsync(() => Task.FromResult(IsSettled(framework)), "every task is over, or runs and is meant to");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\n{Describe(framework)}\n{cluster}", late);
        }

        var started = StartedTask.Read(starts);
        Assert.Equal(started.Count, started.DistinctBy(task => task.Id).Count());
        foreach (var (id, state) in framework.States)
        {
            var process = started.SingleOrDefault(task => task.Id == id);
            var (isRight, what) = state switch
            {
                TaskState.TaskRunning => (process is not null && process.IsAlive(), "runs"),
                TaskState.TaskFinished => (process is not null && !process.IsAlive(), "finished"),
                _ => (process is null || !process.IsAlive(), "is over"),
            };
            Assert.True(isRight, $"{id} {what} ({state}), but its process is {process} (alive: {process?.IsAlive()})\n{Describe(framework)}\n{cluster}");
        }

        var running = framework.States.Where(pair => pair.Value == TaskState.TaskRunning).Select(pair => pair.Key).ToList();
        Assert.True(running.Count >= Tasks / 5, $"only {running.Count} run\n{Describe(framework)}");
        running.ForEach(framework.Kill);
        await Machine.UntilAsync(() => Task.FromResult(running.All(id => framework.States[id] == TaskState.TaskKilled)), "all that ran are killed");
        Assert.DoesNotContain(StartedTask.Read(starts), task => task.IsAlive());
        Assert.Empty(machine.Processes("sleep\0"));
    }

    private static IEnumerable<TaskInfo> Work(string starts)
    {
        for (var number = 1; number <= Tasks; number++)
        {
            // Every second one runs until it is killed, the others end at some time during the trouble.
            var seconds = (number % 60 / 10.0).ToString(CultureInfo.InvariantCulture);
            var command = number % 2 == 0 ? "exec sleep 100000" : $"sleep {seconds}; exit {number % 3}";
            yield return new TaskInfo
            {
                Name = "chaos",
                TaskId = new() { Value = $"chaos-{number:000}" },
                Command = new() { Value = StartedTask.Line(starts, command), Shell = true },
            };
        }
    }

    private static async Task KillAsync(string victims, Machine machine, SeparateCluster cluster, PersistentFramework framework)
    {
        foreach (var victim in victims)
        {
            switch (victim)
            {
                case 'M':
                    cluster.Master.KillHard();
                    await cluster.Master.ExitAsync();
                    break;
                case 'A':
                    cluster.Agent.KillHard();
                    await cluster.Agent.ExitAsync();
                    break;
                case 'F':
                    await framework.LoseAsync();
                    break;
                default:
                    foreach (var supervisor in machine.Supervisors())
                    {
                        Machine.Kill(supervisor);
                    }

                    break;
            }
        }

        if (victims.Contains('M', StringComparison.Ordinal))
        {
            await cluster.StartMasterAsync();
        }

        if (victims.Contains('A', StringComparison.Ordinal))
        {
            await cluster.StartAgentAsync();
        }

        if (victims.Contains('F', StringComparison.Ordinal))
        {
            framework.Return();
        }

        await cluster.RegisteredAsync();
        await Machine.UntilAsync(() => Task.FromResult(framework.IsSubscribed), "the framework is subscribed");
        await Machine.UntilAsync(() => Task.FromResult(machine.Supervisors().Count == 1), "one supervisor runs");
    }

    private static bool IsSettled(PersistentFramework framework) =>
        framework is { HasLaunchedAll: true, States.Count: Tasks }
        && framework.States.All(pair => PersistentFramework.IsOver(pair.Value)
            || (pair.Value == TaskState.TaskRunning && int.Parse(pair.Key[^3..], CultureInfo.InvariantCulture) % 2 == 0));

    private static string Describe(PersistentFramework framework) => string.Join(
        '\n',
        framework.Heard.GroupBy(heard => heard.Task).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
            $"{group.Key}: {string.Join(", ", group.Select(heard => $"{heard.Status.State} {heard.Status.Source} {heard.Status.Reason} '{heard.Status.Message}'"))}"));
}
