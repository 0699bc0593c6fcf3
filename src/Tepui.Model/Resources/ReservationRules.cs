using V1 = Tepui.Protocol.V1;
using ReservationType = Tepui.Protocol.V1.Resource.Types.ReservationInfo.Types.Type;

namespace Tepui.Model.Resources;

/// <summary>Which reservations a resource may carry, in either form.</summary>
internal static class ReservationRules
{
    public static string? Problem(V1.Resource resource) =>
        resource.Reservations.Count == 0 ? RoleFormProblem(resource) : StackProblem(resource) ?? BothFormsProblem(resource);

    private static string? RoleFormProblem(V1.Resource resource)
    {
        var role = resource.HasRole ? resource.Role : Roles.Any;
        if (RoleRules.Problem(role) is { } problem)
        {
            return problem;
        }

        if (resource.Reservation is not { } reservation)
        {
            return null;
        }

        if (reservation.HasType)
        {
            return "'Resource.ReservationInfo.type' must not be set for the 'Resource.reservation' field";
        }

        if (reservation.HasRole)
        {
            return "'Resource.ReservationInfo.role' must not be set for the 'Resource.reservation' field";
        }

        return role == Roles.Any ? "Invalid reservation: role \"*\" cannot be dynamically reserved" : null;
    }

    private static string? StackProblem(V1.Resource resource)
    {
        for (var i = 0; i < resource.Reservations.Count; i++)
        {
            var reservation = resource.Reservations[i];
            if (!reservation.HasType || reservation.Type == ReservationType.Unknown)
            {
                return "Invalid reservation: 'Resource.ReservationInfo.type' field must be set.";
            }

            if (!reservation.HasRole)
            {
                return "Invalid reservation: 'Resource.ReservationInfo.role' field must be set.";
            }

            if (RoleRules.Problem(reservation.Role) is { } problem)
            {
                return $"Invalid reservation: {problem}";
            }

            if (reservation.Role == Roles.Any)
            {
                return "Invalid reservation: role \"*\" cannot be reserved";
            }

            if (i == 0)
            {
                continue;
            }

            if (reservation.Type == ReservationType.Static)
            {
                return "Invalid refined reservation: A refined reservation cannot be STATIC";
            }

            var above = resource.Reservations[i - 1].Role;
            if (!Roles.IsStrictSubrole(reservation.Role, above))
            {
                return $"Invalid refined reservation: role '{reservation.Role}' is not a refinement of '{above}'";
            }
        }

        return null;
    }

    private static string? BothFormsProblem(V1.Resource resource)
    {
        if (!resource.HasRole && resource.Reservation is null)
        {
            return null;
        }

        if (resource.Reservations.Count > 1)
        {
            return "Invalid resource format: 'Resource.role' and 'Resource.reservation' must not be set together with refined reservations";
        }

        var only = resource.Reservations[0];
        if (resource.HasRole && resource.Role != only.Role)
        {
            return $"Invalid resource format: 'Resource.role' field with '{resource.Role}' does not match the role '{only.Role}' in 'Resource.reservations'";
        }

        return (resource.Reservation is not null) == (only.Type == ReservationType.Dynamic)
            ? null
            : "Invalid resource format: 'Resource.reservation' does not match the type of the reservation in 'Resource.reservations'";
    }
}
