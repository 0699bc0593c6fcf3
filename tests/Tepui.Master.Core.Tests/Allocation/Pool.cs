using System.Collections.Immutable;
using Tepui.Master.Core.Allocation;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;

namespace Tepui.Master.Core.Tests.Allocation;

/// <summary>An allocator on virtual time, in few words: agents and frameworks go by short names.</summary>
internal sealed class Pool
{
    public Pool(AllocatorOptions? options = null) => Allocator = new(options ?? new());

    public Allocator Allocator { get; }

    public DateTimeOffset Now { get; private set; } = DateTimeOffset.UnixEpoch;

    public static ResourceSet Parse(string text) =>
        ResourceText.TryParse(text, "*", out var resources, out var problem) ? resources : throw new ArgumentException(problem, nameof(text));

    public static AgentId Agent(string name) => new(name);

    public static FrameworkId Framework(string name) => new(name);

    public Pool AddAgent(string name, string resources, string? region = null)
    {
        Allocator.AddAgent(Agent(name), Parse(resources), new(name, region), Now);
        return this;
    }

    public Pool AddFramework(string name, string roles = "*", FrameworkAbilities abilities = FrameworkAbilities.None, string suppressed = "", string? least = null)
    {
        Allocator.AddFramework(Framework(name), Traits(roles, abilities, suppressed, least), active: true, Now);
        return this;
    }

    public static FrameworkTraits Traits(string roles, FrameworkAbilities abilities = FrameworkAbilities.None, string suppressed = "", string? least = null)
    {
        var traits = new FrameworkTraits
        {
            Roles = [.. roles.Split(',', StringSplitOptions.RemoveEmptyEntries)],
            SuppressedRoles = [.. suppressed.Split(',', StringSplitOptions.RemoveEmptyEntries)],
            Abilities = abilities,
        };
        IReadOnlyList<ResourceQuantities> minima = string.IsNullOrEmpty(least) ? [] : [.. least.Split('|').Select(t => Parse(t).Quantities)];
        return least is null ? traits : traits with { MinAllocatable = traits.Roles.ToImmutableDictionary(r => r, _ => minima) };
    }

    public void Decline(PlannedOffer offer, double seconds) =>
        Allocator.Recover(offer.Framework, offer.Agent, offer.Resources, TimeSpan.FromSeconds(seconds), Now);

    public void Free(PlannedOffer offer) => Allocator.Recover(offer.Framework, offer.Agent, offer.Resources, refusal: null, Now);

    /// <summary>Gives back all of an offer but what is named, as an ACCEPT with tasks does.</summary>
    public ResourceSet Use(PlannedOffer offer, string used, TimeSpan? refusal = null)
    {
        var part = Parse(used).Allocate(offer.Role);
        Allocator.Recover(offer.Framework, offer.Agent, offer.Resources.Subtract(part), refusal, Now);
        return part;
    }

    /// <summary>Lets time pass and runs whatever falls due.</summary>
    public List<PlannedOffer> Pass(double seconds)
    {
        var end = Now + TimeSpan.FromSeconds(seconds);
        var offers = new List<PlannedOffer>();
        while (Allocator.NextRun is { } next && next <= end)
        {
            Now = next > Now ? next : Now;
            offers.AddRange(Allocator.Run(Now));
        }

        Now = end;
        return offers;
    }

    /// <summary>Runs once, what is due within a few milliseconds.</summary>
    public List<PlannedOffer> Run() => Pass(0.005);

    /// <summary>As in <c>f1 a1 cpus:1</c>, sorted.</summary>
    public static string[] Print(IEnumerable<PlannedOffer> offers) =>
        [.. offers.Select(o => $"{o.Framework} {o.Agent} {o.Resources.Unallocate()}").Order(StringComparer.Ordinal)];
}
