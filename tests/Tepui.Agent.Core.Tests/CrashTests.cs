using Tepui.Testing.Agent;

namespace Tepui.Agent.Core.Tests;

/// <summary>Crashes at every point of a batch: no task is started twice, none is forgotten, updates come in order and agree with what happened.</summary>
public sealed class CrashTests
{
    [Fact]
    public void Agent_CrashingAnywhere_LosesNothingAndSettles()
    {
        var crashes = 0;
        var tasks = 0;
        for (var seed = 1; seed <= 200; seed++)
        {
            var world = new CrashingAgent(seed);
            try
            {
                world.Run(400);
                world.Settle();
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }

            Assert.True(world.Leftovers().Length == 0, $"seed {seed} never settles: {world.Leftovers()}");
            Assert.All(world.Tasks, task => Assert.NotNull(task.End));
            crashes += world.Crashes;
            tasks += world.Tasks.Count;
        }

        Assert.True(crashes > 1000 && tasks > 3000, $"only {crashes} crashes and {tasks} tasks");
    }
}
