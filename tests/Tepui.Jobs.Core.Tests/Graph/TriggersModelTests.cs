using FsCheck;
using FsCheck.Fluent;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;

namespace Tepui.Jobs.Core.Tests.Graph;

/// <summary>Edge counters against a slow and plain reading of the rule: a number per parent, raised by each success, and a run when the raised one is the least.</summary>
public sealed class TriggersModelTests
{
    private static readonly string[] Parents = ["p0", "p1", "p2"];

    [Fact]
    public void Ended_AnySuccesses_TriggerAsTheModelDoes() => Prop
        .ForAll(ArbMap.Default.ArbFor<byte[]>(), static steps =>
        {
            var world = new JobsHarness(isSubscribed: false) { ChecksRestart = false };
            foreach (var parent in Parents)
            {
                world.Put(A.Job(parent));
            }

            world.Put(A.Child("child", Parents) with { CatchUp = CatchUp.All });
            var (model, runs, disabled) = (new long[Parents.Length], 0, false);
            foreach (var step in steps)
            {
                switch (step % 8)
                {
                    case 6:
                        world.Restart();
                        world.Disconnect();
                        break;
                    case 7:
                        disabled = !disabled;
                        world.Request(new JobsCommand.SetDisabled(new("child"), disabled));
                        break;
                    default:
                        var parent = step % 3;
                        model[parent]++;
                        world.Request(new JobsCommand.MarkSuccess(new(Parents[parent])));
                        if (!disabled && model[parent] == model.Min())
                        {
                            runs++;
                            Array.Clear(model);
                        }

                        break;
                }

                Assert.Equal(runs, world.Job("child").Progress.LastRun);
                Assert.Equal(model, Parents.Select(name => world.Job("child").Progress.Edges.FirstOrDefault(edge => edge.Parent.Value == name).Count));
            }
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(60));
}
