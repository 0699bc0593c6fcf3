using System.Globalization;

namespace Tepui.Containers.Tests.Supervisor;

public sealed class KillTests : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private Machine _machine = null!;

    public async Task InitializeAsync() => _machine = await Machine.StartAsync();

    public async Task DisposeAsync() => await _machine.DisposeAsync();

    [Fact]
    public async Task Kill_OfAProcessThatObeys_EndsItBySigterm()
    {
        var launch = _machine.Shell("exec sleep 1000");
        await _machine.StartAsync(launch);

        _machine.Agent.Kill(launch.Id, Long);

        Assert.Equal(15, (await _machine.WaitAsync<ContainerEvent.Exited>(launch.Id)).WaitStatus);
    }

    [Fact]
    public async Task Kill_OfAProcessThatIgnoresSigterm_EndsItBySigkillAfterTheGrace()
    {
        var launch = _machine.Shell("trap '' TERM; echo ready; while true; do sleep 1000; done");
        await _machine.StartAsync(launch);
        await Machine.OutputAsync(launch);
        var begun = Environment.TickCount64;

        _machine.Agent.Kill(launch.Id, TimeSpan.FromMilliseconds(400));
        var exited = await _machine.WaitAsync<ContainerEvent.Exited>(launch.Id);

        Assert.Equal(9, exited.WaitStatus);
        Assert.InRange(Environment.TickCount64 - begun, 390, long.MaxValue);
    }

    [Fact]
    public async Task Kill_ASecondTimeWithAShorterGrace_ShortensTheFirst()
    {
        var launch = _machine.Shell("trap '' TERM; echo ready; while true; do sleep 1000; done");
        await _machine.StartAsync(launch);
        await Machine.OutputAsync(launch);

        _machine.Agent.Kill(launch.Id, Long);
        _machine.Agent.Kill(launch.Id, TimeSpan.Zero);

        Assert.Equal(9, (await _machine.WaitAsync<ContainerEvent.Exited>(launch.Id)).WaitStatus);
    }

    [Fact]
    public async Task Exit_WithAGrandchildThatIgnoresSigterm_IsToldWhenTheGrandchildIsGoneToo()
    {
        var launch = _machine.Shell("sh -c 'trap \"\" TERM; echo $$; while true; do sleep 1000; done' & wait");
        await _machine.StartAsync(launch);
        var grandchild = Number(await Machine.OutputAsync(launch));

        _machine.Agent.Kill(launch.Id, Long);
        await _machine.WaitAsync<ContainerEvent.Exited>(launch.Id);

        Assert.False(Eventually.IsAlive(grandchild));
    }

    [Fact]
    public async Task Kill_WithAGrandchildInASessionOfItsOwn_EndsThatToo()
    {
        var launch = _machine.Shell("setsid sh -c 'echo $$; exec sleep 1000' & wait");
        await _machine.StartAsync(launch);
        var grandchild = Number(await Machine.OutputAsync(launch));

        _machine.Agent.Kill(launch.Id, Long);
        await _machine.WaitAsync<ContainerEvent.Exited>(launch.Id);

        Assert.False(Eventually.IsAlive(grandchild));
    }

    [Fact]
    public async Task Exit_WithADaemonLeftBehind_EndsTheDaemonToo()
    {
        var launch = _machine.Shell("setsid sh -c 'trap \"\" TERM; sh -c \"echo \\$\\$; exec sleep 1000\" & exit' ; until [ -s stdout ]; do sleep 0.01; done; exit 4");
        var status = await _machine.RunAsync(launch);
        var output = Machine.Output(launch);

        Assert.Equal(4 << 8, status);
        Assert.False(Eventually.IsAlive(Number(output)), $"process {output} still runs");
    }

    [Fact]
    public async Task Exit_LeavesTheDaemonsOfOtherContainersAlone()
    {
        var other = _machine.Shell("setsid sh -c 'echo $$; exec sleep 1000' & exec sleep 1000");
        await _machine.StartAsync(other);
        var daemon = Number(await Machine.OutputAsync(other));

        Assert.Equal(0, await _machine.RunAsync(_machine.Shell("setsid sleep 1000 & true")));

        Assert.True(Eventually.IsAlive(daemon));
    }

    private static int Number(string output) => int.Parse(output.Trim(), CultureInfo.InvariantCulture);
}
