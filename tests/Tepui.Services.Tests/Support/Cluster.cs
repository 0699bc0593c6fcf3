namespace Tepui.Services.Tests.Support;

/// <summary>A pool with a services scheduler. Shared by the tests of a class.</summary>
public sealed class Cluster() : Pool("tepui-services-")
{
    internal Services Services { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Services = await Services.StartAsync(master: MasterAddress, directory: PathOf("services"));
    }

    public override async Task DisposeAsync()
    {
        await Services.DisposeAsync();
        await base.DisposeAsync();
    }
}
