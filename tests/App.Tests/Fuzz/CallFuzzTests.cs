using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ScaleFunctions.App.Functions.ResourceEvent;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Fuzzing;

namespace ScaleFunctions.App.Tests.Fuzz;

/// <summary>What calls this app: events that anybody who may publish can write, messages, and the times at which timers are due.</summary>
public sealed class CallFuzzTests
{
    private const string Event =
        """
        {"id":"1","topic":"/subscriptions/s","subject":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/serverfarms/p","eventType":"Microsoft.Resources.ResourceWriteSuccess","eventTime":"2026-11-23T12:00:00.1234567Z","dataVersion":"2","metadataVersion":"1",
        "data":{"resourceUri":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web","operationName":"Microsoft.Compute/virtualMachineScaleSets/write","status":"Succeeded","claims":{"name":"x"},"authorization":{"scope":"/subscriptions/s"}}}
        """;

    private const string CloudEvent =
        """{"specversion":"1.0","id":"2","source":"/subscriptions/s","type":"Microsoft.Resources.ResourceDeleteSuccess","time":"2026-11-23T12:00:00+01:00","subject":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/serverfarms/p","data":{}}""";

    private static readonly string[] Pieces =
    [
        "\"Data\":", "\"Metadata\":", "\"event\":", "\"id\":\"\",", "\"data\":null,", "\"data\":[],", "\"specversion\":7,", "\"eventTime\":\"\",", "\"time\":\"9999-12-31T23:59:59-14:00\",", "\\ud800", "\\\"", "\\\\\\\"", "\"event\":\"\\\"{}\\\"\",", "{}", "[]", "null",
        "\"resourceUri\":\"/subscriptions/\",", "\"event\":\"{\\\"id\\\":\\\"1\\\"}\",",
    ];

    [Fact]
    public void Events_are_read_or_refused()
    {
        byte[][] valid =
        [
            Call(Event), Call(CloudEvent), Call(JsonSerializer.Serialize(Event)), Call(JsonSerializer.Serialize(JsonSerializer.Serialize(CloudEvent))),
        ];
        FuzzRun.Check("event JSON", new HostileInputs(valid, Pieces), content =>
        {
            var change = ResourceChange.Read(InvocationReader.Read("ResourceEvent", "1", new ReadOnlySequence<byte>(content)).Input("event"));
            Assert.True(change.Describe().Length <= 250, change.Describe());
            return $"{change} {change.IsKnownType} {(TargetId.TryParse(change.ResourceId, out var target) ? target.Key : "no target")} {change.Describe()}";
        }, typeof(InvocationFormatException));
    }

    [Fact]
    public void Messages_of_our_own_queues_are_read_or_refused()
    {
        byte[][] valid =
        [
            Encoding.UTF8.GetBytes("""{"Data":{"message":{"tickId":"1","tickAt":"2026-03-02T12:00:00Z","expiresAt":"2026-03-02T12:01:30Z","batch":0,"targets":[],"rooms":[{"guardrails":"p","instances":3,"spend":1.5}],"verdicts":{"a":""}}},"Metadata":{"DequeueCount":"1"}}"""),
            Encoding.UTF8.GetBytes("""{"Data":{"message":"{\"tickId\":\"1\",\"tickAt\":\"2026-03-02T12:00:00Z\",\"expiresAt\":\"2026-03-02T12:01:30Z\",\"batch\":0,\"targets\":[]}"},"Metadata":{}}"""),
        ];
        FuzzRun.Check("message JSON", new HostileInputs(valid, Pieces), content =>
        {
            var request = InvocationReader.Read("Evaluate", "1", new ReadOnlySequence<byte>(content)).Read("message", CycleJson.Default.EvaluateRequest);
            return $"{request.TickId} {request.TickAt:u} {request.ExpiresAt:u} {request.Batch} {request.Rooms.Count} {request.Verdicts.Count} {request.Events.Count}";
        }, typeof(InvocationFormatException));
    }

    [Fact]
    public void Times_of_timers_are_read_or_refused()
    {
        byte[][] valid =
        [
            .. new[] { "0 * * * * *", "0 */5 * * * *", "30 7-19/2 * * 1-5 *", "0 0 0 1 1 *", "0 15 10 ? * MON-FRI", "0 0 0 29 2 *", "0 0,30 8-18 * JAN,DEC SUN" }.Select(Encoding.UTF8.GetBytes),
        ];
        string[] pieces = ["*", "*/", "-", ",", "/0", "60", "24", "31 2", "30 2 *", "MON", "FEB", "?", "L", "#", "99999999999", "-1", "  ", "\t", "0-59/59"];
        FuzzRun.Check("timers", new HostileInputs(valid, pieces), content =>
        {
            var file = new FunctionFile("ScaleTick", "timerTrigger", "timer", Encoding.UTF8.GetString(content), "");
            using var host = new LocalTriggerHost(new Uri("http://127.0.0.1:1"), [file], null!, new Still());
            return host.NextTimer.ToString("u", CultureInfo.InvariantCulture);
        }, typeof(FormatException));
    }

    /// <summary>A second before the end of a February.</summary>
    private sealed class Still : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 2, 28, 23, 59, 59, TimeSpan.Zero);
    }

    private static byte[] Call(string input) => Encoding.UTF8.GetBytes($"{{\"Data\":{{\"event\":{input}}},\"Metadata\":{{\"sys\":{{\"MethodName\":\"ResourceEvent\"}}}}}}");
}
