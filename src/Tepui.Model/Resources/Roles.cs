namespace Tepui.Model.Resources;

/// <summary>Roles form a tree: <c>a/b</c> is below <c>a</c>. <c>*</c> is the role of everybody and has nothing below it.</summary>
public static class Roles
{
    /// <summary>The role of everybody, and of what is not reserved.</summary>
    public const string Any = "*";

    /// <summary>Whether <paramref name="role"/> lies below <paramref name="ancestor"/>.</summary>
    public static bool IsStrictSubrole(string role, string ancestor) =>
        role.Length > ancestor.Length && role[ancestor.Length] == '/' && role.StartsWith(ancestor, StringComparison.Ordinal);

    /// <summary>The roles above, nearest first: <c>a/b</c>, <c>a</c> for <c>a/b/c</c>.</summary>
    public static IEnumerable<string> Ancestors(string role)
    {
        for (var slash = role.LastIndexOf('/'); slash > 0; slash = role.LastIndexOf('/', slash - 1))
        {
            yield return role[..slash];
        }
    }

    /// <summary>The top of the branch: <c>a</c> for <c>a/b/c</c>.</summary>
    public static string Top(string role)
    {
        var slash = role.IndexOf('/');
        return slash < 0 ? role : role[..slash];
    }
}
