namespace Tepui.Jobs.Tests.Support;

/// <summary>A pool with a jobs scheduler. Shared by the tests of a class.</summary>
public sealed class Cluster() : Pool("tepui-jobs-")
{
    internal Jobs Jobs { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Jobs = await Jobs.StartAsync(master: MasterAddress, directory: PathOf("jobs"));
    }

    public override async Task DisposeAsync()
    {
        await Jobs.DisposeAsync();
        await base.DisposeAsync();
    }
}
