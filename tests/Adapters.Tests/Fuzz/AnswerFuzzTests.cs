using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Core;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Metrics;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Fuzzing;

namespace ScaleFunctions.Adapters.Tests.Fuzz;

/// <summary>What Azure, or whatever answers in its place, may say of metrics and of errors.</summary>
public sealed class AnswerFuzzTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Metrics =
    [
        """
        {"values":[{"starttime":"2026-11-23T12:00:00Z","endtime":"2026-11-23T12:05:00Z","interval":"PT1M","namespace":"microsoft.compute/virtualmachinescalesets","resourceregion":"westeurope",
        "resourceid":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web","value":[{"id":"x","type":"Microsoft.Insights/metrics","name":{"value":"Percentage CPU","localizedValue":"Percentage CPU"},
        "unit":"Percent","errorCode":"Success","timeseries":[{"metadatavalues":[{"name":{"value":"vmname","localizedValue":"vmname"},"value":"web_0"}],"data":[{"timeStamp":"2026-11-23T12:00:00Z","average":41.5,"count":4},{"timeStamp":"2026-11-23T12:01:00Z"},{"timeStamp":"2026-11-23T12:02:00Z","average":0.0,"count":0}]}]}]}]}
        """,
        """
        {"values":[{"interval":"PT1M","resourceid":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/a","value":[{"name":{"value":"Percentage CPU"},"errorCode":"ResourceNotFound","errorMessage":"It is gone."}]},
        {"interval":"PT1M","resourceid":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/b","value":[{"name":{"value":"Percentage CPU"},"timeseries":[]}]}]}
        """,
    ];

    private static readonly string[] MetricPieces =
    [
        "\"values\":", "\"timeseries\":[", "\"data\":[", "\"average\":", "\"count\":", "\"timeStamp\":\"", "\"interval\":\"PT1H\",", "\"resourceid\":\"/subscriptions/s\",", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "{}", "[]", "null,", "\\ud800", "\\uD83D", "\"errorCode\":\"x\",",
    ];

    private static readonly string[] Errors =
    [
        """{"error":{"code":"DeploymentFailed","message":"See details.","details":[{"code":"Conflict","message":"{\"error\":{\"code\":\"AllocationFailed\"}}","details":[{"code":"AllocationFailed","message":"No capacity."}]}],"innererror":{"code":"QuotaExceeded"}}}""",
        """{"Code":"Conflict","Message":"Cannot modify this plan because another operation is in progress. (59205)","Target":null,"Details":[{"Message":"x"},{"Code":"Conflict"},{"ErrorEntity":{"ExtendedCode":"59205","MessageTemplate":"x","Code":"Conflict","Message":"y"}}],"Innererror":null}""",
        """{"code":"TooManyRequests","message":"Slow down."}""",
        "<html><body>502 Bad Gateway</body></html>",
    ];

    private static readonly string[] ErrorPieces =
        ["\"error\":", "\"code\":\"ScopeLocked\",", "\"details\":[", "\"innererror\":{", "\"code\":7,", "\"message\":null,", "{}", "[]", "null", "\\ud800", "\\udfff", "\"ErrorEntity\":[", "quota", "OperationNotAllowed", "\"Code\":\"\""];

    [Fact]
    public void Metrics_are_read_or_refused()
    {
        MetricRequest[] requests =
        [
            new([], new MetricSelector { Name = "Percentage CPU" }, Noon, Noon.AddMinutes(5)),
            new([], new MetricSelector { Name = "Percentage CPU", Dimensions = [new MetricDimension("VMName", [])] }, Noon, Noon.AddMinutes(5)),
        ];
        FuzzRun.Check("metrics JSON", new HostileInputs([.. Metrics.Select(Encoding.UTF8.GetBytes)], MetricPieces), content =>
        {
            using var document = JsonDocument.Parse(content);
            return string.Join(' ', requests.Select(request => Tell(MetricBatchAnswer.Read(document.RootElement, request))));
        }, typeof(JsonException));
    }

    [Fact]
    public void Errors_are_understood_or_their_status_speaks() => FuzzRun.Check(
        "ARM errors", new HostileInputs([.. Errors.Select(Encoding.UTF8.GetBytes)], ErrorPieces), content =>
        {
            int[] statuses = [400, 403, 409, 429, 500];
            return string.Join('\n', statuses.Select(status =>
            {
                var error = ArmError.Parse(new Answer(status, content));
                Assert.True(error.Message.Length <= 300 && !error.Describe().Contains('\n', StringComparison.Ordinal), error.Describe());
                return $"{error.Class} {error.Describe()}";
            }));
        });

    private static string Tell(Dictionary<string, MetricSeries> series) => string.Join(';', series.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}={Tell(each.Value)}"));

    private static string Tell(MetricSeries series) => series switch
    {
        MetricSeries.Received received => string.Join(',', received.Points.Select(Tell)),
        MetricSeries.Split split => string.Join('|', split.Parts.Select(part => string.Join(',', part.Points.Select(Tell)))),
        MetricSeries.Failed failed => failed.Reason,
        _ => series.GetType().Name,
    };

    private static string Tell(MetricPoint point)
    {
        Assert.True(point.At >= Noon && point.At < Noon.AddMinutes(5) && point.Value is null or (>= 0 and <= double.MaxValue) && point.Count is null or (>= 0 and <= double.MaxValue), $"{point}");
        return string.Create(CultureInfo.InvariantCulture, $"{point.At:u} {point.Value} {point.Count}");
    }

    private sealed class Answer(int status, byte[] body) : Response
    {
        public override int Status => status;

        public override string ReasonPhrase => "It is so";

        public override Stream? ContentStream { get; set; } = new MemoryStream(body, 0, body.Length, writable: false, publiclyVisible: true);

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose() => ContentStream?.Dispose();

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => (value = null) is not null;

        protected override bool TryGetHeaderValues(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IEnumerable<string>? values) => (values = null) is not null;
    }
}
