using Tepui.Coordination;
using Tepui.Runtime.Hosting;

namespace Tepui.Frameworks.Hosting;

/// <summary>A framework as its host starts it: first the store is read, then, with the port known, the parts are built.</summary>
public interface IFramework
{
    /// <summary>Reads the store, before anything is listened on.</summary>
    /// <exception cref="StartupException">An entry cannot be read.</exception>
    public void Load(IStore store);

    /// <summary>Puts the parts together; nothing runs yet.</summary>
    /// <param name="http">Listens, and tells those who ask to come again.</param>
    /// <param name="stopping">Ends streams.</param>
    public IFrameworkShell Build(TepuiHost http, CancellationToken stopping);
}
