using System.Globalization;
using System.Text;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Faults;

/// <summary>The answers faults put in the place of the true ones.</summary>
internal static class FaultAnswers
{
    public static SandboxAnswer Create(FaultEffect fault) => fault switch
    {
        Throttle throttle => Throttled(throttle.RetryAfterSeconds),
        AnswerWith answer => Create(answer),
        _ => throw new ArgumentException($"{fault} is no answer", nameof(fault)),
    };

    public static SandboxAnswer Throttled(int seconds) => SandboxAnswer
        .Error(429, "TooManyRequests", $"Too many requests; try again after {seconds} seconds.")
        .With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>The same answer with a body shorter than it promises.</summary>
    public static SandboxAnswer Cut(SandboxAnswer answer, TruncateAnswer cut) =>
        (answer with { Body = answer.Body[..Math.Min(cut.Bytes, answer.Body.Length)] })
            .With("Content-Length", answer.Body.Length.ToString(CultureInfo.InvariantCulture));

    private static SandboxAnswer Create(AnswerWith answer)
    {
        var made = answer.Body is not null ? new SandboxAnswer(answer.Status, Encoding.UTF8.GetBytes(answer.Body))
            : answer.Status >= 400 ? SandboxAnswer.Error(answer.Status, answer.Code ?? "InternalServerError", "A configured fault.")
            : SandboxAnswer.Empty(answer.Status);
        foreach (var (name, value) in answer.Headers ?? new Dictionary<string, string>())
        {
            made.Headers[name] = value;
        }

        return made;
    }
}
