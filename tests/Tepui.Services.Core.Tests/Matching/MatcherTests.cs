using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Matching;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Matching;

public sealed class MatcherTests
{
    [Fact]
    public void Problems_EnoughOfEverything_None() => Assert.Null(Judge(A.App(), An.Offer()));

    [Theory]
    [InlineData(5, 1, 0, 0, Gate.InsufficientCpus)]
    [InlineData(1, 5000, 0, 0, Gate.InsufficientMemory)]
    [InlineData(1, 1, 20000, 0, Gate.InsufficientDisk)]
    [InlineData(1, 1, 0, 1, Gate.InsufficientGpus)]
    public void Problems_TooLittle_NamesTheResource(double cpus, double mem, double disk, int gpus, Gate expected) =>
        Assert.Equal([expected], Judge(A.App(cpus: cpus, mem: mem) with { Disk = disk, Gpus = gpus }, An.Offer()));

    [Fact]
    public void Problems_SeveralTooLittle_NamesAllInOrder() =>
        Assert.Equal([Gate.InsufficientCpus, Gate.InsufficientMemory, Gate.InsufficientPorts], Judge(A.App(cpus: 9, mem: 9000) with { RequirePorts = true, PortDefinitions = [A.Port(80)] }, An.Offer()));

    [Theory]
    [InlineData("*", "dev", Gate.UnfulfilledRole)]
    [InlineData("dev", "dev", null)]
    [InlineData("prod", "dev", Gate.UnfulfilledRole)]
    public void Problems_OfferOfRole_MustBeTheAppsRole(string offered, string role, Gate? expected) =>
        Assert.Equal(expected, First(Judge(A.App() with { Role = role }, An.Offer(role: offered))));

    [Theory]
    [InlineData(null, AcceptedRolesDefault.Any, true, true)]
    [InlineData(null, AcceptedRolesDefault.Unreserved, true, false)]
    [InlineData(null, AcceptedRolesDefault.Reserved, false, true)]
    [InlineData("*", AcceptedRolesDefault.Any, true, false)]
    [InlineData("dev", AcceptedRolesDefault.Any, false, true)]
    [InlineData("*,dev", AcceptedRolesDefault.Reserved, true, true)]
    public void Problems_AcceptedRoles_ChooseReservedOrUnreserved(string? accepted, AcceptedRolesDefault byDefault, bool takesUnreserved, bool takesReserved)
    {
        var app = A.App() with { Role = "dev", AcceptedResourceRoles = accepted?.Split(',') };
        var options = new ServicesOptions { AcceptedRoles = byDefault };

        Assert.Equal(takesUnreserved, Judge(app, An.Offer(role: "dev"), options) is null);
        Assert.Equal(takesReserved, Judge(app, An.Offer(role: "dev").Reserved("dev"), options) is null);
        Assert.Equal(Gate.UnfulfilledRole, First(Judge(app, An.Offer(role: "dev").Reserved("other"), options)));
    }

    [Fact]
    public void Problems_ReservedForRoleAbove_IsUsable() => Assert.Null(Judge(A.App() with { Role = "dev/web" }, An.Offer(role: "dev/web").Reserved("dev")));

    [Fact]
    public void Problems_RevocableOnly_IsNotUsed()
    {
        var offer = An.Offer();
        foreach (var resource in offer.Resources)
        {
            resource.Revocable = new();
        }

        Assert.Equal([Gate.UnfulfilledRole], Judge(A.App(), offer));
    }

    [Theory]
    [InlineData(-10, null, 0, true)]
    [InlineData(-10, 5, 0, false)]
    [InlineData(-10, 20, 0, true)]
    [InlineData(30, null, 0, false)]
    [InlineData(30, null, 60, true)]
    public void Problems_Maintenance_OnOrWithinDraining(int start, int? duration, int draining, bool refused)
    {
        var offer = An.Offer();
        offer.Unavailability = new() { Start = new() { Nanoseconds = (A.Start.AddSeconds(start) - DateTimeOffset.UnixEpoch).Ticks * 100 } };
        if (duration is { } seconds)
        {
            offer.Unavailability.Duration = new() { Nanoseconds = seconds * 1_000_000_000L };
        }

        var options = new ServicesOptions { Draining = TimeSpan.FromSeconds(draining) };
        Assert.Equal(refused ? Gate.AgentMaintenance : null, First(Judge(A.App(), offer, options)));
        Assert.Null(Judge(A.App(), offer, options with { MaintenanceMode = false }));
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(false, null, false)]
    [InlineData(true, "unrestricted", false)]
    [InlineData(false, "restricted", true)]
    public void Problems_GpuAgentForAppWithoutGpus_IsKeptForOthers(bool byDefault, string? label, bool refused)
    {
        var labels = label is null ? new Dictionary<string, string>() : new() { ["GPU_SCHEDULING_BEHAVIOR"] = label };
        var app = A.App() with { Labels = labels };
        var options = new ServicesOptions { RestrictGpuAgents = byDefault };

        Assert.Equal(refused ? Gate.DeclinedScarceResources : null, First(Judge(app, An.Offer(gpus: 2), options)));
        Assert.Null(Judge(app with { Gpus = 1 }, An.Offer(gpus: 2), options));
    }

    [Theory]
    [InlineData("home", null, true)]
    [InlineData("away", null, false)]
    [InlineData("away", "@region", true)]
    public void Problems_OtherRegion_OnlyWhenConstraintNamesOne(string region, string? field, bool matches)
    {
        var app = A.App() with { Constraints = field is null ? [] : [A.Constraint(field, ConstraintOperator.Like, ".*")] };

        Assert.Equal(matches, Judge(app, An.Offer(region: region), new() { HomeRegion = "home" }) is null);
    }

    [Fact]
    public void Problems_ConstraintBeforeResources_OnlyTheConstraint() =>
        Assert.Equal([Gate.UnfulfilledConstraint], Judge(A.App(cpus: 100) with { Constraints = [A.Constraint("hostname", ConstraintOperator.Is, "other")] }, An.Offer()));

    [Fact]
    public void Problems_Pod_CountsAllContainersAndTheExecutor()
    {
        var pod = A.Pod() with
        {
            Containers = [new() { Name = "a", Cpus = 2, Mem = 100, Shell = "x" }, new() { Name = "b", Cpus = 1.9, Mem = 100, Shell = "x" }],
            ExecutorResources = new(0.1, 32, 10),
        };

        Assert.Null(Judge(pod, An.Offer(cpus: 4)));
        Assert.Equal([Gate.InsufficientCpus], Judge(pod, An.Offer(cpus: 3.9)));
    }

    private static Gate? First(IReadOnlyList<Gate>? gates) => gates is null ? null : gates[0];

    private static IReadOnlyList<Gate>? Judge(RunSpec spec, Offer offer, ServicesOptions? options = null)
    {
        options ??= new();
        var domain = offer.Domain?.FaultDomain;
        var host = A.Host(offer.Hostname, domain?.Region.Name, domain?.Zone.Name);
        var site = new Site(host, offer.AllocationInfo.Role, offer.Resources, offer.Unavailability);
        return Matcher.Problems(new(options, A.Start, new FrameworkId("framework"), _ => 1), new(spec, options), new(() => []), null, site);
    }
}
