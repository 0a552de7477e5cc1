namespace ScaleFunctions.App.Hosting;

/// <summary>
/// A function that a timer, a queue or an event triggers. It ends normally, or throws: then the host is told that the
/// invocation failed and delivers again by the rules of the trigger.
/// </summary>
internal interface ITriggerFunction
{
    /// <summary>Name of its folder; the host posts to a path of this name.</summary>
    string Name { get; }

    Task RunAsync(Invocation invocation, CancellationToken cancellationToken);
}
