using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Tepui.Runtime.Rest;

/// <summary>One path template and the methods it takes.</summary>
public sealed class RestResource
{
    private static readonly IReadOnlyDictionary<string, string> NoValues = new Dictionary<string, string>(0);

    private readonly string _literal;
    private readonly Regex? _pattern;

    /// <summary>Reads a template: <c>{name}</c> stands for one segment, <c>{name*}</c> for one or more.</summary>
    public RestResource(string template)
    {
        Template = template;
        var open = template.IndexOf('{', StringComparison.Ordinal);
        _literal = open < 0 ? template : template[..open];
        _pattern = open < 0 ? null : Pattern(template);
    }

    /// <summary>As added.</summary>
    public string Template { get; }

    /// <summary>Handlers by method.</summary>
    public SortedDictionary<string, RestHandler> Handlers { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether one of its parts stands for any number of segments.</summary>
    public bool TakesRest => Template.Contains("*}", StringComparison.Ordinal);

    /// <summary>The handler of a method; the one of GET answers HEAD where there is no other.</summary>
    public RestHandler? Find(string method) =>
        Handlers.TryGetValue(method, out var handler) || (HttpMethods.IsHead(method) && Handlers.TryGetValue(HttpMethods.Get, out handler)) ? handler : null;

    /// <summary>Methods as the <c>Allow</c> header lists them.</summary>
    public static string Allow(IEnumerable<string> methods)
    {
        var all = methods.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return string.Join(", ", all.Concat(all.Contains(HttpMethods.Get) ? [HttpMethods.Head, HttpMethods.Options] : [HttpMethods.Options]).Distinct(StringComparer.Ordinal));
    }

    /// <summary>What the parts in braces stand for in a path, or <see langword="null"/> for a path that is another's.</summary>
    public IReadOnlyDictionary<string, string>? Match(string path)
    {
        if (_pattern is null)
        {
            return path == _literal ? NoValues : null;
        }

        if (!path.StartsWith(_literal, StringComparison.Ordinal))
        {
            return null;
        }

        var match = _pattern.Match(path);
        return match.Success
            ? match.Groups.Values.Skip(1).ToDictionary(group => group.Name, group => group.Value, StringComparer.Ordinal)
            : null;
    }

    private static Regex Pattern(string template)
    {
        var pattern = new StringBuilder("^");
        for (var at = 0; at < template.Length;)
        {
            var open = template.IndexOf('{', at);
            if (open < 0)
            {
                pattern.Append(Regex.Escape(template[at..]));
                break;
            }

            var close = template.IndexOf('}', open);
            var name = template[(open + 1)..close];
            pattern.Append(Regex.Escape(template[at..open])).Append(name.EndsWith('*') ? $"(?<{name[..^1]}>.+)" : $"(?<{name}>[^/]+)");
            at = close + 1;
        }

        return new Regex(pattern.Append(@"\z").ToString(), RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    }
}
