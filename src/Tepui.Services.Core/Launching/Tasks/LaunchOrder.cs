using Tepui.Model.Identifiers;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Matching;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Everything a launch is described from.</summary>
/// <param name="Options">Of the core.</param>
/// <param name="Framework">Our id.</param>
/// <param name="EnforcesRole">Whether the group of the spec enforces its role.</param>
/// <param name="Instance">Whose launch: its host and its number of launches are those of this one.</param>
/// <param name="Host">Where.</param>
/// <param name="Parts">What was cut from the offer.</param>
/// <param name="Random">Chooses ports inside containers.</param>
internal sealed record LaunchOrder(
    ServicesOptions Options, FrameworkId Framework, bool EnforcesRole, Instance Instance, Host Host, IReadOnlyList<PartAllotment> Parts, Random Random)
{
    /// <summary>What one part got.</summary>
    public PartAllotment Part(string name) => Parts.First(part => part.Part.Name == name);

    /// <summary>The unix user: the spec's own, else that of the options; <see langword="null"/>: the framework's.</summary>
    public string? User(string? own, RunSpec spec) => own ?? spec.User ?? Options.MesosUser;
}
