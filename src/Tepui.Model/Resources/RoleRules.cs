namespace Tepui.Model.Resources;

/// <summary>What text may be a role. Messages are those clients of Mesos know.</summary>
public static class RoleRules
{
    /// <summary>What is wrong with <paramref name="role"/>, or <see langword="null"/> if nothing is.</summary>
    public static string? Problem(string role)
    {
        if (role == Roles.Any)
        {
            return null;
        }

        if (role.Length == 0)
        {
            return "Empty role name is invalid";
        }

        if (role[0] == '/')
        {
            return $"Role '{role}' cannot start with a slash";
        }

        if (role[^1] == '/')
        {
            return $"Role '{role}' cannot end with a slash";
        }

        if (role.Contains("//", StringComparison.Ordinal))
        {
            return $"Role '{role}' cannot contain two adjacent slashes";
        }

        foreach (var component in role.Split('/'))
        {
            if (component is "." or ".." or "*")
            {
                return $"Role '{role}' cannot include '{component}' as a component";
            }

            if (component[0] == '-')
            {
                return $"Role component '{component}' is invalid because it begins with a dash";
            }

            foreach (var c in component)
            {
                if (c is (>= '\t' and <= '\r') or ' ' or '\x7f')
                {
                    return $"Role component '{component}' is invalid because it contains backspace or whitespace";
                }
            }
        }

        return null;
    }
}
