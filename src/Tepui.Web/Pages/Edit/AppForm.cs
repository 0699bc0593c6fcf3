using System.Text.Json.Nodes;

namespace Tepui.Web.Pages.Edit;

/// <summary>
/// The form of an app: what stands in its fields, by their names. It is filled from JSON and written over that JSON again, so
/// that what the form does not ask for stays as it was.
/// </summary>
public sealed class AppForm
{
    /// <summary>Name within a row of the input that says which item of the list in JSON the row came from.</summary>
    public const string Origin = "at";

    private readonly Dictionary<string, string> _values;

    /// <summary>A form with these values.</summary>
    public AppForm(IReadOnlyDictionary<string, string> values) => _values = new Dictionary<string, string>(values, StringComparer.Ordinal);

    /// <summary>What stands in a field; empty when nothing does.</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "");

    /// <summary>The form of an app.</summary>
    public static AppForm From(JsonObject app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in FormLayout.Fields)
        {
            values[field.Name] = FieldText.Show(field.Kind, FormPaths.Get(app, field.Path));
        }

        if (values["network"] == "host")
        {
            values["network"] = "";
        }

        foreach (var list in FormLayout.Lists)
        {
            FillList(list, FormPaths.Get(app, list.Path), values);
        }

        return new AppForm(values);
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
                .Select(parts => int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture))
                .Distinct().Order(),
        ];
    }

    /// <summary>Name of an input in a row.</summary>
    public static string NameOf(FieldList list, int row, string column)
    {
        ArgumentNullException.ThrowIfNull(list);
        return $"{list.Name}.{row}.{column}";
    }

    /// <summary>Writes the form over an app.</summary>
    /// <param name="app">What it was filled from; stays as it is.</param>
    /// <param name="problems">Fields that cannot be read, by name.</param>
    /// <returns>The app with the values of the form.</returns>
    public JsonObject Apply(JsonObject app, List<FormProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(problems);
        var result = (JsonObject)app.DeepClone();
        foreach (var field in FormLayout.Fields.Where(field => field.Path is not (FormPaths.NetworkMode or FormPaths.NetworkName or FormPaths.FetchUris)))
        {
            SetField(result, field, this[field.Name], field.Name, problems);
        }

        SetFetch(result);
        SetNetwork(result);
        var isHost = this["network"].Length == 0;
        foreach (var list in FormLayout.Lists)
        {
            if (list == (isHost ? FormLayout.MappedPorts : FormLayout.HostPorts))
            {
                FormPaths.Set(result, list.Path, null);
            }
            else if (list.IsMap)
            {
                SetMap(result, list, problems);
            }
            else
            {
                SetList(result, list, problems);
            }
        }

        // Without a word the services would take a container for one of Docker.
        if (result["container"] is JsonObject container && container["type"] is null)
        {
            container["type"] = "MESOS";
        }

        return result;
    }

    /// <summary>The name of the input that a complaint of the services is about; null when the form has none for it.</summary>
    /// <param name="path">As in <c>/healthChecks(0)/portIndex</c>.</param>
    public string? FieldOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        while (path.Length > 1)
        {
            if (Exactly(path) is { } name)
            {
                return name;
            }

            path = path[..Math.Max(path.LastIndexOf('/'), 0)];
        }

        return null;
    }

    private string? Exactly(string path) =>
        FormLayout.Fields.FirstOrDefault(field => FormPaths.Pointer(field.Path) == path || (field.Wide && path.StartsWith($"/{field.Path}(", StringComparison.Ordinal)))?.Name
        ?? (path.StartsWith("/networks", StringComparison.Ordinal) ? path.EndsWith("/name", StringComparison.Ordinal) ? "networkName" : "network" : null)
        ?? FormLayout.Lists.Select(list => InList(list, path)).FirstOrDefault(name => name is not null);

    private string? InList(FieldList list, string path)
    {
        var pointer = FormPaths.Pointer(list.Path);
        if (!path.StartsWith(pointer, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = path[pointer.Length..];
        var rows = FilledRows(list);
        if (list.IsMap)
        {
            return rest.StartsWith('/') && rows.FirstOrDefault(row => this[NameOf(list, row, "key")] == rest[1..], -1) is var mapped and >= 0 ? NameOf(list, mapped, "value") : null;
        }

        var close = rest.IndexOf(')', StringComparison.Ordinal);
        if (!rest.StartsWith('(') || close < 0 || !int.TryParse(rest[1..close], out var index) || index >= rows.Count)
        {
            return null;
        }

        var column = list.Columns.FirstOrDefault(column => FormPaths.Pointer(column.Path) == rest[(close + 1)..]) ?? list.Columns[0];
        return NameOf(list, rows[index], column.Name);
    }

    private List<int> FilledRows(FieldList list) =>
        [.. Rows(list).Where(row => list.Columns.Any(column => column.Kind != FieldKind.Choice && this[NameOf(list, row, column.Name)].Trim().Length > 0))];

    private static void FillList(FieldList list, JsonNode? node, Dictionary<string, string> values)
    {
        var row = 0;
        if (list.IsMap)
        {
            foreach (var (key, value) in (node as JsonObject ?? []).Where(member => member.Value is JsonValue))
            {
                values[NameOf(list, row, "key")] = key;
                values[NameOf(list, row++, "value")] = FieldText.Show(FieldKind.Text, value);
            }

            return;
        }

        foreach (var item in node as JsonArray ?? [])
        {
            values[NameOf(list, row, Origin)] = $"{row}";
            foreach (var column in list.Columns)
            {
                values[NameOf(list, row, column.Name)] = FieldText.Show(column.Kind, FormPaths.Get(item, column.Path));
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

    private void SetList(JsonObject target, FieldList list, List<FormProblem> problems)
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

    // Each file has more to it than its address; those that stay keep it.
    private void SetFetch(JsonObject target)
    {
        var known = target["fetch"] as JsonArray;
        _ = FieldText.Parse(FieldKind.Lines, this["fetch"], out var lines);
        var wanted = (lines as JsonArray ?? []).Select(line => line!.GetValue<string>()).ToList();
        if (known is null && wanted.Count == 0)
        {
            return;
        }

        var old = (known ?? []).OfType<JsonObject>().ToLookup(item => FieldText.Show(FieldKind.Text, item["uri"]), StringComparer.Ordinal);
        target["fetch"] = new JsonArray([.. wanted.Select(uri => old[uri].FirstOrDefault()?.DeepClone() ?? new JsonObject { ["uri"] = uri })]);
    }

    private void SetNetwork(JsonObject target)
    {
        var known = target["networks"] as JsonArray;
        var mode = this["network"].Length == 0 ? "host" : this["network"];
        if (known is null && mode == "host")
        {
            return;
        }

        if (known is not { Count: > 0 } || known[0] is not JsonObject first)
        {
            target["networks"] = known = [first = []];
        }

        if (FieldText.Show(FieldKind.Text, first["mode"]) != mode)
        {
            known.Clear();
            known.Add(first = []);
            first["mode"] = mode;
        }

        FormPaths.Set(first, "name", this["networkName"].Trim() is { Length: > 0 } name ? name : null);
    }
}
