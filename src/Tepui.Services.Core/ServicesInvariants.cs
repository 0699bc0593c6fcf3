namespace Tepui.Services.Core;

/// <summary>What must always hold.</summary>
internal static class ServicesInvariants
{
    /// <summary>Checks all of it.</summary>
    public static void Check(ServicesState state)
    {
    }
}
