using System.Text.Json.Nodes;

namespace Tepui.Web.Pages.Edit;

/// <summary>
/// The form of an app: what stands in its fields, by their names. It is filled from JSON and written over that JSON again, so
/// that what the form does not ask for stays as it was.
/// </summary>
public sealed class AppForm(FormValues values)
{
    /// <summary>A form with these values.</summary>
    public AppForm(IReadOnlyDictionary<string, string> values)
        : this(new FormValues(values))
    {
    }

    /// <summary>What stands in its inputs.</summary>
    public FormValues Values => values;

    /// <summary>What stands in a field; empty when nothing does.</summary>
    public string this[string name] => values[name];

    /// <summary>The form of an app.</summary>
    public static AppForm From(JsonObject app)
    {
        var values = FormValues.From(app, FormLayout.Fields, FormLayout.Lists);
        if (values["network"] == "host")
        {
            values["network"] = "";
        }

        return new AppForm(values);
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
            values.SetField(result, field, problems);
        }

        values.SetFetch(result, "fetch");
        SetNetwork(result);
        var isHost = this["network"].Length == 0;
        foreach (var list in FormLayout.Lists)
        {
            if (list == (isHost ? FormLayout.MappedPorts : FormLayout.HostPorts))
            {
                FormPaths.Set(result, list.Path, null);
            }
            else
            {
                values.SetList(result, list, problems);
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
        var rows = values.FilledRows(list);
        if (list.IsMap)
        {
            return rest.StartsWith('/') && rows.FirstOrDefault(row => this[FormValues.NameOf(list, row, "key")] == rest[1..], -1) is var mapped and >= 0 ? FormValues.NameOf(list, mapped, "value") : null;
        }

        var close = rest.IndexOf(')', StringComparison.Ordinal);
        if (!rest.StartsWith('(') || close < 0 || !int.TryParse(rest[1..close], out var index) || index >= rows.Count)
        {
            return null;
        }

        var column = list.Columns.FirstOrDefault(column => FormPaths.Pointer(column.Path) == rest[(close + 1)..]) ?? list.Columns[0];
        return FormValues.NameOf(list, rows[index], column.Name);
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
