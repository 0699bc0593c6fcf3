using System.Globalization;
using System.Text;
using Tepui.Services.Core.Specs;
using Environment = Tepui.Protocol.V1.Environment;
using Secret = Tepui.Protocol.V1.Secret;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Environment variables under construction, sorted by name; what is set later wins.</summary>
internal sealed class Variables
{
    private readonly SortedDictionary<string, EnvValue> _values = new(StringComparer.Ordinal);

    /// <summary>Sets a text.</summary>
    public void Set(string name, string value) => _values[name] = new(value, null);

    /// <summary>Sets those of a spec.</summary>
    public void Set(IReadOnlyDictionary<string, EnvValue> values)
    {
        foreach (var (name, value) in values)
        {
            _values[name] = value;
        }
    }

    /// <summary>As the wire has it.</summary>
    /// <param name="secrets">Sources of secrets by name.</param>
    public Environment ToWire(IReadOnlyDictionary<string, string> secrets)
    {
        var environment = new Environment();
        foreach (var (name, value) in _values)
        {
            environment.Variables.Add(value.Secret is { } secret
                ? new Environment.Types.Variable { Name = name, Type = Environment.Types.Variable.Types.Type.Secret, Secret = Reference(secrets.GetValueOrDefault(secret, secret)) }
                : new Environment.Types.Variable { Name = name, Value = value.Text ?? "" });
        }

        return environment;
    }

    /// <summary>A secret named by its source.</summary>
    public static Secret Reference(string source) => new() { Type = Secret.Types.Type.Reference, Reference = new() { Name = source } };

    /// <summary>A name as variables have it: upper case, with an underscore for each run of other characters.</summary>
    public static string Escape(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                text.Append(char.ToUpperInvariant(c));
            }
            else if (text.Length == 0 || text[^1] != '_')
            {
                text.Append('_');
            }
        }

        return text.ToString();
    }

    /// <summary>An amount with at least one decimal, as in <c>1.0</c>.</summary>
    public static string Decimal(double value) => value.ToString("0.0##########", CultureInfo.InvariantCulture);

    /// <summary>A version.</summary>
    public static string Time(DateTimeOffset version) => version.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
