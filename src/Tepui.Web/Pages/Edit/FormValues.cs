using System.Globalization;
using System.Text.Json.Nodes;

namespace Tepui.Web.Pages.Edit;

/// <summary>What stands in the inputs of a form, by their names; filled from JSON, and written over that JSON again.</summary>
public sealed class FormValues
{
    /// <summary>Name within a row of the input that says which item of the list in JSON the row came from.</summary>
    public const string Origin = "at";

    private readonly Dictionary<string, string> _values;

    /// <summary>These values.</summary>
    public FormValues(IReadOnlyDictionary<string, string> values) => _values = new Dictionary<string, string>(values, StringComparer.Ordinal);

    /// <summary>What stands in an input; empty when nothing does.</summary>
    public string this[string name]
    {
        get => _values.GetValueOrDefault(name, "");
        set => _values[name] = value;
    }

    /// <summary>What stands in JSON, as inputs.</summary>
    public static FormValues From(JsonObject document, IEnumerable<Field> fields, IEnumerable<FieldList> lists)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(lists);
        var values = new FormValues(new Dictionary<string, string>());
        foreach (var field in fields)
        {
            values[field.Name] = FieldText.Show(field.Kind, FormPaths.Get(document, field.Path));
        }

        foreach (var list in lists)
        {
            values.Fill(list, FormPaths.Get(document, list.Path));
        }

        return values;
    }

    /// <summary>Name of an input in a row.</summary>
    public static string NameOf(FieldList list, int row, string column)
    {
        ArgumentNullException.ThrowIfNull(list);
        return $"{list.Name}.{row}.{column}";
    }

    /// <summary>The numbers of a list's rows, as their inputs have them.</summary>
    public IReadOnlyList<int> Rows(FieldList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var prefix = list.Name + ".";
        return
        [
            .. _values.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(name => name.Split('.'))
                .Where(parts => parts.Length == 3 && int.TryParse(parts[1], out _))
                .Select(parts => int.Parse(parts[1], CultureInfo.InvariantCulture))
                .Distinct().Order(),
        ];
    }

    /// <summary>The rows in which anything is filled in.</summary>
    public IReadOnlyList<int> FilledRows(FieldList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return [.. Rows(list).Where(row => list.Columns.Any(column => column.Kind != FieldKind.Choice && this[NameOf(list, row, column.Name)].Trim().Length > 0))];
    }

    /// <summary>Writes one field over JSON.</summary>
    public void SetField(JsonObject target, Field field, List<FormProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(field);
        SetField(target, field, this[field.Name], field.Name, problems);
    }

    /// <summary>Writes a list over JSON.</summary>
    public void SetList(JsonObject target, FieldList list, List<FormProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(problems);
        if (list.IsMap)
        {
            SetMap(target, list, problems);
        }
        else
        {
            SetItems(target, list, problems);
        }
    }

    /// <summary>Writes addresses of files, one on each line. Each file has more to it than its address; those that stay keep it.</summary>
    public void SetFetch(JsonObject target, string field)
    {
        ArgumentNullException.ThrowIfNull(target);
        var known = target["fetch"] as JsonArray;
        _ = FieldText.Parse(FieldKind.Lines, this[field], out var lines);
        var wanted = (lines as JsonArray ?? []).Select(line => line!.GetValue<string>()).ToList();
        if (known is null && wanted.Count == 0)
        {
            return;
        }

        var old = (known ?? []).OfType<JsonObject>().ToLookup(item => FieldText.Show(FieldKind.Text, item["uri"]), StringComparer.Ordinal);
        target["fetch"] = new JsonArray([.. wanted.Select(uri => old[uri].FirstOrDefault()?.DeepClone() ?? new JsonObject { ["uri"] = uri })]);
    }

    private void Fill(FieldList list, JsonNode? node)
    {
        var row = 0;
        if (list.IsMap)
        {
            foreach (var (key, value) in (node as JsonObject ?? []).Where(member => member.Value is JsonValue))
            {
                this[NameOf(list, row, "key")] = key;
                this[NameOf(list, row++, "value")] = FieldText.Show(FieldKind.Text, value);
            }

            return;
        }

        foreach (var item in node as JsonArray ?? [])
        {
            this[NameOf(list, row, Origin)] = $"{row}";
            foreach (var column in list.Columns)
            {
                this[NameOf(list, row, column.Name)] = FieldText.Show(column.Kind, FormPaths.Get(item, column.Path));
            }

            row++;
        }
    }

    private static void SetField(JsonObject target, Field field, string text, string name, List<FormProblem> problems)
    {
        if (FieldText.Parse(field.Kind, text, out var value) is { } problem)
        {
            problems.Add(new FormProblem(name, problem));
            return;
        }

        // "Not given" and "no" are the same; what was written out stays written out.
        var known = FormPaths.Get(target, field.Path);
        var empty = (field.Kind, known) switch
        {
            (FieldKind.Flag, not null) => (JsonNode)false,
            (FieldKind.Lines or FieldKind.Constraints, JsonArray) => new JsonArray(),
            (FieldKind.Text or FieldKind.LongText, JsonValue written) when written.ToString().Length == 0 => "",
            _ => null,
        };
        FormPaths.Set(target, field.Path, value ?? empty);
    }

    private void SetMap(JsonObject target, FieldList list, List<FormProblem> problems)
    {
        var known = FormPaths.Get(target, list.Path) as JsonObject;
        var map = new JsonObject();
        foreach (var (key, value) in (known ?? []).Where(member => member.Value is not JsonValue))
        {
            map[key] = value?.DeepClone();
        }

        foreach (var row in FilledRows(list))
        {
            var key = this[NameOf(list, row, "key")].Trim();
            if (key.Length == 0)
            {
                problems.Add(new FormProblem(NameOf(list, row, "key"), $"A {list.Noun} needs a name."));
            }
            else if (!map.TryAdd(key, this[NameOf(list, row, "value")]))
            {
                problems.Add(new FormProblem(NameOf(list, row, "key"), $"There is another {list.Noun} '{key}'."));
            }
        }

        FormPaths.Set(target, list.Path, map.Count == 0 && known is null ? null : map);
    }

    private void SetItems(JsonObject target, FieldList list, List<FormProblem> problems)
    {
        var known = FormPaths.Get(target, list.Path) as JsonArray;
        var items = new JsonArray();
        foreach (var row in FilledRows(list))
        {
            var item = int.TryParse(this[NameOf(list, row, Origin)], out var at) && at >= 0 && at < known?.Count && known[at] is JsonObject old ? (JsonObject)old.DeepClone() : [];
            foreach (var column in list.Columns)
            {
                var name = NameOf(list, row, column.Name);
                SetField(item, column, this[name], name, problems);
            }

            items.Add(item);
        }

        FormPaths.Set(target, list.Path, items.Count == 0 && known is null ? null : items);
    }
}
