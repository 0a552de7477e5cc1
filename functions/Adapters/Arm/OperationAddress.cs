using Azure;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>
/// Where an operation is watched. Azure has two forms whose answers read differently, and the address outlives this process,
/// so the form is kept in it: a <c>Location</c> address carries a fragment, which HTTP never sends.
/// </summary>
internal static class OperationAddress
{
    private const string LocationForm = "#location";

    /// <summary>The address an answer names, or null when it names none that is an address.</summary>
    public static Uri? Of(Response response) =>
        Read(response, "Azure-AsyncOperation", fragment: "") ?? Read(response, "Location", LocationForm);

    public static bool IsLocationForm(Uri address) => address.Fragment == LocationForm;

    /// <summary>The address as it is requested.</summary>
    public static Uri ToRequest(Uri address) => new UriBuilder(address) { Fragment = "" }.Uri;

    private static Uri? Read(Response response, string header, string fragment) =>
        response.Headers.TryGetValue(header, out var text) && Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? new UriBuilder(address) { Fragment = fragment }.Uri
            : null;
}
