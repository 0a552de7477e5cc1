namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A call that says who wants it.</summary>
/// <typeparam name="TCall">The call itself.</typeparam>
internal interface ICallBy<out TCall>
{
    string By { get; }

    /// <summary>The same, wanted by somebody else.</summary>
    TCall As(string by);
}
