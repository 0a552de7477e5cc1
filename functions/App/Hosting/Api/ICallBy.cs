namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A call that says who wants it.</summary>
/// <typeparam name="TCall">The call itself.</typeparam>
internal interface ICallBy<out TCall>
{
    /// <summary>Who; a generated reader makes nothing of a null in the body.</summary>
    string? By { get; }

    /// <summary>The same, wanted by somebody else.</summary>
    TCall As(string by);
}
