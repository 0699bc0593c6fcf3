namespace Tepui.Model.Resources;

/// <summary>How reservations stand on the wire.</summary>
public enum ResourceFormat
{
    /// <summary>Only <c>reservations[]</c>: for agents, and frameworks with the capability RESERVATION_REFINEMENT.</summary>
    PostRefinement,

    /// <summary><c>role</c> and <c>reservation</c>, unreserved ones with role <c>*</c>: for frameworks without it. Refined reservations cannot be said this way.</summary>
    PreRefinement,

    /// <summary>Both forms wherever both can say it: for endpoints people and tools read.</summary>
    Endpoint,
}
