using System.Globalization;

namespace Tepui.Runtime.Files;

/// <summary>Names of users and groups of this machine, from its account files; read again when those change.</summary>
internal static class AccountNames
{
    private static readonly Table Users = new("/etc/passwd");
    private static readonly Table Groups = new("/etc/group");

    public static string? User(uint id) => Users.Find(id);

    public static string? Group(uint id) => Groups.Find(id);

    private sealed class Table(string path)
    {
        private readonly Lock _gate = new();
        private Dictionary<uint, string> _names = [];
        private DateTime _read;

        public string? Find(uint id)
        {
            lock (_gate)
            {
                Refresh();
                return _names.GetValueOrDefault(id);
            }
        }

        private void Refresh()
        {
            var changed = File.GetLastWriteTimeUtc(path);
            if (changed == _read)
            {
                return;
            }

            _read = changed;
            _names = [];
            foreach (var line in Lines())
            {
                // name:password:number:…
                var fields = line.Split(':');
                if (fields.Length > 2 && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                {
                    _names.TryAdd(id, fields[0]);
                }
            }
        }

        private string[] Lines()
        {
            try
            {
                return File.ReadAllLines(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return [];
            }
        }
    }
}
