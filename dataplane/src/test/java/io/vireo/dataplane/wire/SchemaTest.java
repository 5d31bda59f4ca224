package io.vireo.dataplane.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.schedule.policy.ServiceCurve;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.sbe.AddPortDecoder;
import io.vireo.dataplane.wire.sbe.MessageHeaderDecoder;
import io.vireo.dataplane.wire.sbe.SetPortRateDecoder;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Pins the messages. When one of these fails, control and a data plane of another build would misread each other: see "How
 * it changes" in the schema. Lines may be added; a line may only grow, together with the schema's version.
 */
class SchemaTest {
    private static final List<String> PINNED = List.of(
            "1 Barrier 8",
            "2 ResyncBegin 16",
            "3 ResyncEnd 16",
            "10 AddPort 16",
            "11 RemovePort 10",
            "12 SetPortLink 11",
            "13 DetachPort 10",
            "20 AddRouter 24",
            "22 SetPuntBudget 29",
            "21 RemoveRouter 12",
            "30 AddInterface 144",
            "31 RemoveInterface 12",
            "32 SetInterfaceState 13",
            "33 AddInterfaceMac 20",
            "34 RemoveInterfaceMac 20",
            "37 SetInterfaceLink 22",
            "35 AddInterfaceAddress 30",
            "36 RemoveInterfaceAddress 29",
            "39 SetEmulation 86",
            "38 SetMembers 20",
            "40 AddNeighbour 37",
            "41 RemoveNeighbour 29",
            "50 AddRoute 31",
            "51 RemoveRoute 30",
            "52 SetFlowSeed 16",
            "53 AddLabel 53",
            "54 RemoveLabel 16",
            "60 DumpRoutes 12",
            "61 DumpNeighbours 12",
            "62 DumpLabels 8",
            "70 StartCapture 28",
            "71 StopCapture 12",
            "80 SetPortRate 20",
            "81 AddClass 122",
            "82 RemoveClass 12",
            "83 SetClassFilter 24",
            "84 SetQuota 24",
            "85 DumpScheduling 8",
            "90 AddSecurityAssociation 89",
            "91 RemoveSecurityAssociation 17",
            "92 DumpSecurityAssociations 8",
            "101 CommandResult 9",
            "102 PortState 23",
            "103 RouteEntry 31",
            "104 NeighbourEntry 37",
            "105 DumpEnd 16",
            "106 SweepDone 36",
            "107 RateEntry 20",
            "108 QuotaEntry 24",
            "109 ClassEntry 30",
            "110 FilterEntry 24",
            "111 SecurityAssociationEntry 54",
            "112 LabelState 69",
            "201 Punted 17",
            "202 TraceStep 42",
            "203 TraceEnd 19",
            "211 Inject 4",
            "212 Trace 12",
            "221 Captured 23");

    @Test
    void shouldPinMessagesAndVersion() throws Exception {
        List<String> messages = new ArrayList<>();
        for (Element message : elements("sbe:message")) {
            Class<?> codec = Class.forName("io.vireo.dataplane.wire.sbe." + message.getAttribute("name") + "Encoder");
            int blockLength = codec.getField("BLOCK_LENGTH").getInt(null);
            messages.add(message.getAttribute("id") + " " + message.getAttribute("name") + " " + blockLength);
        }
        assertThat(messages).isEqualTo(PINNED);
        assertThat(MessageHeaderDecoder.SCHEMA_ID).isEqualTo(86);
        assertThat(MessageHeaderDecoder.SCHEMA_VERSION).isEqualTo(19);
        assertThat(MessageHeaderDecoder.ENCODED_LENGTH).isEqualTo(8);
    }

    @Test
    void shouldDescribeEveryMessageAndField() throws Exception {
        for (String tag : List.of("sbe:message", "field", "data", "group", "enum")) {
            for (Element element : elements(tag)) {
                assertThat(element.getAttribute("description"))
                        .as("%s %s", tag, element.getAttribute("name"))
                        .isNotBlank();
            }
        }
    }

    @Test
    void shouldBeginEveryCommandWithItsCorrelationId() throws Exception {
        for (Element message : elements("sbe:message")) {
            if (Integer.parseInt(message.getAttribute("id")) < 100) {
                Element first = (Element) message.getElementsByTagName("field").item(0);
                assertThat(first.getAttribute("name")).isEqualTo("correlationId");
                assertThat(first.getAttribute("type")).isEqualTo("int64");
            }
        }
    }

    /** A field of a plain integer type is any number, or one below a limit of the node, or checked by what it refers to. */
    @Test
    void shouldGiveEveryOtherFieldOfACommandARange() throws Exception {
        Pattern without = Pattern.compile(
                "correlationId|.*(High|Low|Rate|SpanNs)|.*(outer|nterface|lass)Id|dropReason|firstLong|seed|incarnation|key[0-3]|salt");
        Set<String> primitives = Set.of("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64");
        for (Element message : elements("sbe:message")) {
            if (Integer.parseInt(message.getAttribute("id")) < 100) {
                NodeList fields = message.getElementsByTagName("field");
                for (int i = 0; i < fields.getLength(); i++) {
                    Element field = (Element) fields.item(i);
                    String name = field.getAttribute("name");
                    if (primitives.contains(field.getAttribute("type")) && !name.equals("word")) {
                        assertThat(name).as(message.getAttribute("name")).matches(without);
                    }
                }
            }
        }
    }

    @Test
    void shouldLetAPortHaveTheRatesThatACurveMayHave() {
        assertThat(SetPortRateDecoder.rateBitsPerSecondMinValue()).isEqualTo(ServiceCurve.MIN_RATE);
        assertThat(SetPortRateDecoder.rateBitsPerSecondMaxValue()).isEqualTo(ServiceCurve.MAX_RATE);
        assertThat(AddPortDecoder.rxQueuesMaxValue()).isEqualTo(SharedLayout.MAX_WORKERS);
    }

    private static List<Element> elements(String tag) throws Exception {
        try (InputStream schema = SchemaTest.class.getResourceAsStream("vireo-wire.xml")) {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Objects.requireNonNull(schema, "schema is not on the class path"));
            NodeList nodes = document.getElementsByTagName(tag);
            List<Element> elements = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                elements.add((Element) nodes.item(i));
            }
            assertThat(elements).isNotEmpty();
            return elements;
        }
    }
}
