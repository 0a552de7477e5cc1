using System.Text.Json;
using Azure;
using Azure.Identity;
using ScaleFunctions.Adapters.Throttling;

namespace ScaleFunctions.Adapters.Arm;

/// <summary>
/// The exceptions by which the SDK reports that Azure, the network or an answer is at fault. They become values at the ports;
/// any other exception is a bug of ours and stays one.
/// </summary>
internal static class AzureFaults
{
    private const int LongestDescription = 300;

    /// <remarks>
    /// The SDK's models report answers of a wrong shape by whichever exception their parsing happens to meet. Running out of
    /// time is a cancellation that nobody asked for.
    /// </remarks>
    public static bool Cover(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException many => many.InnerExceptions.All(inner => Cover(inner, cancellationToken)),
        RequestFailedException or RefusedAddressException or AuthenticationFailedException or RequestDeferredException => true,
        HttpRequestException or IOException or JsonException or FormatException or OverflowException => true,
        _ => IsOfAnswer(exception),
    };

    /// <summary>One line for people, without headers or bodies.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        RequestFailedException { Status: > 0 } failed => ArmError.Parse(failed.GetRawResponse()).Describe(),
        AuthenticationFailedException => OneLine($"no token: {exception.Message}"),
        OperationCanceledException => "no answer in time",
        AggregateException many => Describe(many.InnerExceptions[^1]),
        JsonException or FormatException or OverflowException => Unreadable(exception),
        _ when IsOfAnswer(exception) => Unreadable(exception),
        _ => OneLine(exception.Message),
    };

    /// <summary>Whether the SDK's models met something they did not expect: a null in a list makes them fail like a bug, but it is not ours.</summary>
    private static bool IsOfAnswer(Exception exception) =>
        exception is InvalidOperationException or KeyNotFoundException or ArgumentException or NullReferenceException
        && (exception.Source?.StartsWith("Azure.", StringComparison.Ordinal) is true
            || exception.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) is true);

    private static string Unreadable(Exception exception) => OneLine($"the answer is not readable: {exception.Message}");

    /// <summary>The text up to a length, without line breaks and other control characters: it goes into journals and logs.</summary>
    public static string OneLine(string text)
    {
        var end = text.Length <= LongestDescription ? text.Length : LongestDescription;
        return string.Create(end, text, static (line, source) =>
        {
            for (var index = 0; index < line.Length; index++)
            {
                line[index] = char.IsControl(source[index]) ? ' ' : source[index];
            }
        });
    }
}
