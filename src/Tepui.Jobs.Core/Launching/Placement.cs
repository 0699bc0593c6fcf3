namespace Tepui.Jobs.Core.Launching;

/// <summary>At the end of every step: brings runs that may be launched and offers in hand together.</summary>
internal static class Placement
{
    /// <summary>Launches what fits; gives back offers that neither what waits nor what is due soon needs.</summary>
    public static void Run(Turn turn)
    {
    }
}
