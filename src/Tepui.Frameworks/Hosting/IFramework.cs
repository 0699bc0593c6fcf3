using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Store;

namespace Tepui.Frameworks.Hosting;

/// <summary>A framework as its host starts it: the host reads the store, then listens, and, with the port known, has the parts built.</summary>
public interface IFramework
{
    /// <summary>Name in errors, as in <c>services scheduler</c>.</summary>
    public string Name { get; }

    /// <summary>Where all of it tells what happens.</summary>
    public ILogger Logger { get; }

    /// <summary>What lies in its store.</summary>
    public EntryKinds Entries { get; }

    /// <summary>The entry of the store that holds the framework's id.</summary>
    public string FrameworkKey { get; }

    /// <summary>What follows for the user when the master has removed the framework, after <c>its id is forgotten.</c></summary>
    public string AfterRemoval { get; }

    /// <summary>Puts the parts together; nothing runs yet.</summary>
    public IFrameworkShell Build(FrameworkStart start);

    /// <summary>Answers an error in the API's form.</summary>
    public Task ErrorAsync(HttpContext context, int status, string message);

    /// <summary>Told when it has stopped as asked.</summary>
    public void Stopped();

    /// <summary>Told why it ends by itself; with the exception of a bug.</summary>
    public void Failed(Exception? problem, string reason);
}
