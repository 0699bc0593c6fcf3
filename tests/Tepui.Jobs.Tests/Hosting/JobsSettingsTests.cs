using System.Net;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Hosting;

namespace Tepui.Jobs.Tests.Hosting;

public sealed class JobsSettingsTests
{
    [Fact]
    public void Flags_Given_ReachHostAndCore()
    {
        var settings = From(
            "--master=a:1,b:2", "--http_port=9090", "--http_address=127.0.0.1", "--mesos_role=batch", "--mesos_task_cpu=0.25", "--mesos_task_mem=64", "--mesos_task_disk=0",
            "--failure_retry=1500", "--disable_after_failures=3", "--task_epsilon=90", "--unreachable_timeout=60", "--runs_kept=7", "--http_credentials=me:it", "--user=nobody",
            "--http_notification_url=http://127.0.0.1:1/x", "--disable_mesos_checkpoint");

        Assert.Equal(["a:1", "b:2"], settings.Masters);
        Assert.Equal((9090, IPAddress.Loopback, false, "me:it"), (settings.Port, settings.Ip, settings.Checkpoint, settings.Credentials));
        Assert.Equal(("batch", "nobody", 250, 64_000, 0), (settings.Core.MesosRole, settings.Core.User, settings.Core.TaskCpu, settings.Core.TaskMem, settings.Core.TaskDisk));
        Assert.Equal((TimeSpan.FromSeconds(1.5), 3, TimeSpan.FromSeconds(90)), (settings.Core.FailureRetry, settings.Core.DisableAfterFailures, settings.Core.TaskEpsilon));
        Assert.Equal((TimeSpan.FromMinutes(1), 7), (settings.Core.UnreachableTimeout, settings.Core.RunsKept));
        Assert.Equal("http://127.0.0.1:1/x", settings.Notices.HttpUrl!.ToString());
    }

    [Fact]
    public void Flags_NotGiven_AreThoseOfTheCoreAndOfChronos()
    {
        var settings = From();

        Assert.Equal(new Core.JobsOptions(), settings.Core);
        Assert.Equal((4400, "chronos", 5), (settings.Port, settings.FrameworkName, settings.HistoryLimit));
        Assert.Equal(TimeSpan.FromDays(7), settings.FailoverTimeout);
    }

    [Fact]
    public void Flags_WithSeveralMistakes_NameThemAll()
    {
        var refused = Assert.Throws<StartupException>(() => From("--master=zk://a:2181/mesos", "--http_credentials=secret", "--slack_url=nowhere", "--mesos_authentication_principal=me", "--mesos_authentication_secret_file=/does/not/exist"));

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        foreach (var part in (string[])["zk://a:2181/mesos", "--http_credentials", "--slack_url", "--mesos_authentication_secret_file"])
        {
            Assert.Contains(part, refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--master=a b", "--master has 'a b'")]
    [InlineData("--master=http://", "--master has 'http://'")]
    [InlineData("--master=x:99999", "--master has 'x:99999'")]
    [InlineData("--master=https://x:1", "--master has")]
    [InlineData("--master=", "--master is empty")]
    [InlineData("--mesos_role=bad/", "--mesos_role is 'bad/'")]
    public void Flags_ThatNoMasterWouldTake_AreRefusedAtOnce(string flag, string problem)
    {
        var refused = Assert.Throws<StartupException>(() => From(flag));

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--mesos_task_cpu=-1")]
    [InlineData("--failure_retry=99999999999")]
    [InlineData("--runs_kept=0")]
    public void Flags_OutOfBounds_AreRefused(string flag) => Assert.Throws<FlagException>(() => From(flag));

    [Fact]
    public void Flags_ThatNeedMore_AreKnownAndSay()
    {
        var flags = FlagParser.Parse(FlagTable.Jobs, ["--work_dir=/nowhere", "--zk_hosts=zk1:2181", "--cassandra_contact_points=c1"], _ => null);

        Assert.Equal(2, flags.Warnings.Count);
        Assert.Throws<FlagException>(() => From("--graphite_host_port=g:2003"));
    }

    private static JobsSettings From(params string[] arguments) => JobsSettings.From(FlagParser.Parse(FlagTable.Jobs, ["--work_dir=/nowhere", .. arguments], _ => null));
}
