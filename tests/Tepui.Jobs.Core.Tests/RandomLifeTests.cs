using FsCheck;
using FsCheck.Fluent;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Tests;

/// <summary>
/// Whatever happens in whatever order: all invariants hold after every step, and a core started from what is durable then knows the same (both are checked by the harness).
/// </summary>
public sealed class RandomLifeTests
{
    [Fact]
    public void Core_AnyLife_HoldsWhatItMustAndAnyRestartKnowsTheSame() => Prop
        .ForAll(ArbMap.Default.ArbFor<(byte What, byte Which, byte How)[]>(), static steps =>
        {
            var world = new JobsHarness(new() { DisableAfterFailures = 4, RunsKept = 3, WaitingRunsMax = 4 });
            foreach (var (what, which, how) in steps)
            {
                Do(world, what % 16, which, how);
            }

            world.Pass(TimeSpan.FromMinutes(10));
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(50).WithEndSize(80));

    private static void Do(JobsHarness world, int what, byte which, byte how)
    {
        var name = Name(which);
        switch (what)
        {
            case 0 or 1:
                world.Request(new JobsCommand.Put(A.Draft(Varied(A.Job(name, Schedule(world, how)), how)), Strict: false));
                break;
            case 2 or 3:
                world.Request(new JobsCommand.Put(A.Draft(Varied(A.Child(name, [.. new[] { Name(how), Name((byte)(how / 3)) }.Distinct()]), which)), Strict: false));
                break;
            case 4:
                world.Request(new JobsCommand.Remove(new(name), Strict: false));
                break;
            case 5:
                world.Request(new JobsCommand.SetDisabled(new(name), Disabled: how % 2 == 0));
                break;
            case 6:
                world.Request(new JobsCommand.Start(new(name), how % 2 == 0 ? "x" : null, [], how % 3 == 0 ? $"key{how}" : null));
                break;
            case 7:
                world.Request(new JobsCommand.MarkSuccess(new(name)));
                break;
            case 8:
                world.Request(how % 2 == 0 ? new JobsCommand.KillAll(new(name)) : new JobsCommand.Kill(A.Run(name, (how % 5) + 1)));
                break;
            case 9:
                world.Request(new JobsCommand.Backfill(new(name), world.Now.AddHours(-how), world.Now.AddMinutes(how)));
                break;
            case 10:
                Restart(world, how);
                break;
            case 11 or 12 or 13:
                EndOne(world, which, how);
                break;
            default:
                world.Pass(TimeSpan.FromSeconds(how * 10));
                break;
        }
    }

    private static string Name(byte which) => $"j{which % 5}";

    private static string Schedule(JobsHarness world, byte how) =>
        $"R{(how % 3 == 0 ? "" : how % 7)}/{world.Now.AddMinutes(how % 50 - 20):yyyy-MM-dd'T'HH:mm:ss}Z/PT{(how % 40) + 5}M";

    private static JobSpec Varied(JobSpec job, byte how) => job with
    {
        CatchUp = (CatchUp)(how % 3),
        Concurrency = (Concurrency)(how / 3 % 3),
        Delivery = (Delivery)(how / 9 % 2),
        ParentTrigger = (ParentTrigger)(how % 3),
        Retries = how % 2,
        SoftError = how % 5 == 0,
        Async = how % 11 == 0,
        Disabled = how % 13 == 0,
        MaxCompletionTime = how % 4 == 0 ? TimeSpan.FromMinutes(10) : default,
    };

    private static void Restart(JobsHarness world, byte how)
    {
        if (how % 3 == 0)
        {
            world.Disconnect();
            world.Pass(TimeSpan.FromMinutes(how % 30));
            world.Subscribe();
        }
        else
        {
            world.Restart(TimeSpan.FromMinutes(how % 2 == 0 ? how : 0));
        }
    }

    private static void EndOne(JobsHarness world, byte which, byte how)
    {
        if (world.Alive.ToList() is { Count: > 0 } alive)
        {
            var task = alive[which % alive.Count];
            TaskState[] ends = [TaskState.TaskFinished, TaskState.TaskFailed, TaskState.TaskLost, TaskState.TaskFinished, TaskState.TaskKilled, TaskState.TaskUnreachable, TaskState.TaskGone, TaskState.TaskError];
            world.Tell(task, ends[how % ends.Length]);
            if (how % 16 == 0 && world.State.Runs.TryFind(new(task), out var run) && run.State == RunState.Completing)
            {
                world.Request(new JobsCommand.Complete(new(task), how / 16 % 2));
            }
        }
    }
}
