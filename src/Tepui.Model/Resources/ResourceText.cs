using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Google.Protobuf;
using V1 = Tepui.Protocol.V1;

namespace Tepui.Model.Resources;

/// <summary>Resources as flags have them: <c>cpus:8;mem(ops):1024;ports:[31000-32000]</c>, or a JSON array of them.</summary>
public static class ResourceText
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true).WithRecursionLimit(32));
    private static readonly char[] Separators = [';', '\n'];

    /// <summary>Reads such text; what is 0 is left out.</summary>
    /// <param name="text">Either form; empty text is no resources.</param>
    /// <param name="defaultRole">The role of those that name none; <c>*</c> is unreserved.</param>
    /// <param name="resources">What was read.</param>
    /// <param name="problem">What is wrong and what is allowed.</param>
    public static bool TryParse(string text, string defaultRole, out ResourceSet resources, [NotNullWhen(false)] out string? problem)
    {
        var read = TryParseWire(text, defaultRole, out var wire, out problem);
        resources = read ? ResourceSet.From(wire) : ResourceSet.Empty;
        return read;
    }

    /// <summary>Reads such text as it stands: what is 0 is kept, because naming it says that there shall be none.</summary>
    public static bool TryParseWire(string text, string defaultRole, out IReadOnlyList<V1.Resource> resources, [NotNullWhen(false)] out string? problem)
    {
        var list = new List<V1.Resource>();
        problem = RoleRules.Problem(defaultRole)
            ?? (text.AsSpan().TrimStart() is ['[', ..] ? ParseJson(text, defaultRole, list) : ParsePairs(text, defaultRole, list))
            ?? ResourceRules.Problem(list)
            ?? StartProblem(list);
        resources = problem is null ? list : [];
        return problem is null;
    }

    private static string? ParsePairs(string text, string defaultRole, List<V1.Resource> list)
    {
        foreach (var pair in text.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split(':');
            if (parts.Length != 2)
            {
                return $"Bad value for resources, missing or extra ':' in '{pair}'";
            }

            if (!TryParseName(parts[0].Trim(), defaultRole, out var name, out var role))
            {
                return $"Bad value for resources, mismatched parentheses in '{pair}'";
            }

            if (!ValueText.TryParse(parts[1], out var value, out var problem))
            {
                return $"Bad value for resources in '{pair}': {problem}";
            }

            if (value.Type == V1.Value.Types.Type.Text)
            {
                return $"Bad value for resources in '{pair}': '{value.Text.Value}' is not a number, ranges as in '[1-2]', or a set as in '{{a, b}}'";
            }

            list.Add(Make(name, role, value));
        }

        return null;
    }

    private static bool TryParseName(string text, string defaultRole, out string name, out string role)
    {
        name = text;
        role = defaultRole;
        var open = text.IndexOf('(');
        if (open < 0)
        {
            return !text.Contains(')');
        }

        if (text.IndexOf(')') != text.Length - 1)
        {
            return false;
        }

        name = text[..open].Trim();
        role = text[(open + 1)..^1].Trim();
        return true;
    }

    private static V1.Resource Make(string name, string role, V1.Value value)
    {
        var resource = new V1.Resource { Name = name, Type = value.Type, Scalar = value.Scalar, Ranges = value.Ranges, Set = value.Set };
        if (role != Roles.Any)
        {
            resource.Reservations.Add(new V1.Resource.Types.ReservationInfo { Type = V1.Resource.Types.ReservationInfo.Types.Type.Static, Role = role });
        }

        return resource;
    }

    private static string? ParseJson(string text, string defaultRole, List<V1.Resource> list)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = 32 });
            foreach (var element in document.RootElement.EnumerateArray())
            {
                var resource = Parser.Parse<V1.Resource>(element.GetRawText());
                if (!resource.HasName || !resource.HasType)
                {
                    return $"Bad value for resources: a resource needs 'name' and 'type', found {element.GetRawText()}";
                }

                if (!resource.HasRole && resource.Reservations.Count == 0 && defaultRole != Roles.Any)
                {
                    resource.Role = defaultRole;
                }

                list.Add(ResourceWire.ToPostRefinement(resource));
            }

            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidProtocolBufferException or InvalidOperationException)
        {
            return $"Bad value for resources, not a JSON array of resources: {e.Message}";
        }
    }

    /// <summary>What an agent cannot have from its start.</summary>
    private static string? StartProblem(List<V1.Resource> list)
    {
        var types = new Dictionary<string, V1.Value.Types.Type>(StringComparer.Ordinal);
        foreach (var resource in list)
        {
            var text = ResourcePrinter.Print(resource);
            if (resource.Disk?.Persistence is not null)
            {
                return $"Resource '{text}' cannot be a persistent volume: create it with an operation";
            }

            if (resource.Revocable is not null)
            {
                return $"Resource '{text}' cannot be revocable: only resource estimators make such";
            }

            if (resource.Reservations.Any(static r => r.Type == V1.Resource.Types.ReservationInfo.Types.Type.Dynamic))
            {
                return $"Resource '{text}' cannot be dynamically reserved: reserve it with an operation";
            }

            if (!types.TryAdd(resource.Name, resource.Type) && types[resource.Name] != resource.Type)
            {
                return $"Resources with the same name ('{resource.Name}') but different types are not allowed";
            }
        }

        return null;
    }
}
