using System.Collections;
using Tepui.Sdk.Executor;

namespace Tepui.Sdk.Tests.Executor;

public sealed class ExecutorOptionsTests
{
    [Fact]
    public void From_AllVariables_ReadsThem()
    {
        var options = ExecutorOptions.From(new Hashtable
        {
            ["MESOS_AGENT_ENDPOINT"] = "10.0.0.7:5051",
            ["MESOS_FRAMEWORK_ID"] = "f-1",
            ["MESOS_EXECUTOR_ID"] = "e-1",
            ["MESOS_SANDBOX"] = "/s",
            ["MESOS_CHECKPOINT"] = "1",
            ["MESOS_RECOVERY_TIMEOUT"] = "15mins",
            ["MESOS_SUBSCRIPTION_BACKOFF_MAX"] = "2secs",
            ["MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD"] = "500ms",
        });

        Assert.Equal(new Uri("http://10.0.0.7:5051"), options.Agent);
        Assert.Equal("f-1", options.Framework.Value);
        Assert.Equal("e-1", options.Executor.Value);
        Assert.Equal("/s", options.Sandbox);
        Assert.True(options.Checkpoint);
        Assert.Equal(TimeSpan.FromMinutes(15), options.RecoveryTimeout);
        Assert.Equal(TimeSpan.FromSeconds(2), options.SubscriptionBackoffMax);
        Assert.Equal(TimeSpan.FromMilliseconds(500), options.ShutdownGracePeriod);
    }

    [Fact]
    public void From_VariableMissing_NamesIt()
    {
        var error = Assert.Throws<InvalidOperationException>(() => ExecutorOptions.From(new Hashtable { ["MESOS_AGENT_ENDPOINT"] = "a:1" }));

        Assert.Contains("MESOS_FRAMEWORK_ID", error.Message, StringComparison.Ordinal);
    }
}
