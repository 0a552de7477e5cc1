namespace ScaleFunctions.App.Hosting.Api;

/// <summary>
/// Who calls. Behind App Service Authentication it is whom that has signed in, whatever the body says; its header is believed only
/// where the platform's own setting says that it is on, because anybody can send one otherwise.
/// </summary>
/// <param name="isAuthenticated">Whether App Service Authentication is on.</param>
internal sealed class CallerNames(bool isAuthenticated)
{
    private const string Setting = "WEBSITE_AUTH_ENABLED";
    private const string Header = "X-MS-CLIENT-PRINCIPAL-NAME";
    private const int LongestName = 500;

    public static CallerNames FromEnvironment() =>
        new(string.Equals(Environment.GetEnvironmentVariable(Setting), "true", StringComparison.OrdinalIgnoreCase));

    /// <summary>The caller's name; nothing where callers are signed in, this one is not, and it has to be known.</summary>
    /// <param name="request">The call.</param>
    /// <param name="by">Who the call says it is.</param>
    /// <param name="isNeeded">Whether what it says is not enough where callers are signed in.</param>
    public string? Of(HttpRequest request, string by, bool isNeeded) =>
        isAuthenticated && request.Headers[Header].ToString() is { Length: > 0 and <= LongestName } name ? name
        : isAuthenticated && isNeeded ? null
        : by;
}
