using Kind = Tepui.Protocol.V1.Offer.Types.Operation.Types.Type;

namespace Tepui.Master.Core.Operations;

/// <summary>Which class handles which operation.</summary>
internal static class OperationTable
{
    private static readonly Launch Launch = new();
    private static readonly LaunchGroup LaunchGroup = new();
    private static readonly NotYet NotYet = new();

    /// <summary>The handler, or <see langword="null"/> for an operation without a kind: it is ignored.</summary>
    public static IOperation? Find(Kind kind) => kind switch
    {
        Kind.Launch => Launch,
        Kind.LaunchGroup => LaunchGroup,
        Kind.Unknown => null,
        _ => NotYet,
    };
}
